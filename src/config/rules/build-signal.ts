import type { Signal } from "../../scoring/ruleset/signal.ts";
import { buildSource } from "./build-source.ts";
import type { Findings } from "./findings.ts";
import { sayNames } from "./say-found.ts";
import { sayName } from "./say-name.ts";
import { signalKinds, signalModifiers, type SignalKind, type SignalModifier, type SignalText } from "./signal-text.ts";

/** What a kind may be read from: the company or its records; and what may stand beside it then. */
const modifiersOf: Readonly<Record<SignalKind, Partial<Record<"company" | "records", readonly SignalModifier[]>>>> = {
  value: { company: ["by", "expires"] },
  days_between: { company: [] },
  days_since: { company: [], records: ["where", "links"] },
  days_until: { company: [], records: ["where", "links"] },
  count: { company: [], records: ["where", "links", "by", "half_life"] },
  exists: { records: ["where", "links"] },
  sum: { records: ["where", "links", "when_none", "currency", "by", "half_life"] },
  mean: { records: ["where", "links", "when_none", "currency", "by", "half_life"] },
  median: { records: ["where", "links", "when_none", "currency"] },
  min: { records: ["where", "links", "when_none", "currency"] },
  max: { records: ["where", "links", "when_none", "currency"] },
  latest: { records: ["by", "where", "links", "expires"] },
  share: { records: ["matching", "where", "links"] },
  change: { company: ["over", "as"] },
  trend: { company: ["over", "as", "half_life"] },
  ratio: { company: ["as"] },
  product: { company: [] },
};

/** A signal that stands for one that cannot be built; with it comes a problem. */
const nothing = { kind: "value", property: "", by: null, expires: null } as const;

export function buildSignal(name: string, text: SignalText, findings: Findings): Signal {
  const path = ["signals", name];
  const named = { name, label: text.label ?? sayName(name), unit: text.unit ?? null };
  const kinds = signalKinds.filter((kind) => text[kind] !== undefined);
  const [kind] = kinds;
  if (!kind || kinds.length > 1) {
    findings.report(path, `expected exactly one of ${signalKinds.join(", ")}, found ${sayNames(kinds)}`, "key");
    return { ...named, ...nothing };
  }
  checkModifiers(kind, text, path, findings);
  return { ...named, ...(buildSource(kind, text, path, findings) ?? nothing) };
}

function checkModifiers(kind: SignalKind, text: SignalText, path: string[], findings: Findings): void {
  const target = text[kind];
  const isRecords =
    typeof target === "string" || (typeof target === "object" && "of" in target && target.of !== "company");
  const { company, records } = modifiersOf[kind];
  if (!isRecords && !company) {
    const hint = kind === "exists" ? "whether a property is filled in is asked by value, with known in conditions" : "";
    findings.report([...path, kind], `expected records, as tickets; ${hint}`);
    return;
  }
  const allowed = (isRecords ? records : company) ?? [];
  const what = company && records ? `${kind} of ${isRecords ? "records" : "the company"}` : kind;
  for (const key of signalModifiers) {
    if (text[key] !== undefined && !allowed.includes(key)) {
      findings.report(
        [...path, key],
        `does not go with ${what}; allowed beside it: ${allowed.join(", ") || "nothing"}`,
        "key",
      );
    }
  }
}
