import { derivedFieldOf } from "../../scoring/derived-fields.ts";
import type { Source } from "../../scoring/facts.ts";
import type { Signal, SignalSource } from "../../scoring/ruleset.ts";
import { buildCondition } from "./build-condition.ts";
import type { Report } from "./build-ruleset.ts";
import { signalKinds, type SignalText } from "./rule-file.ts";

/** What may stand beside each kind of signal. */
function modifiersOf(kind: (typeof signalKinds)[number]): readonly string[] {
  if (kind === "value" || kind === "days_since") return [];
  if (kind === "count") return ["where"];
  return kind === "latest" ? ["by", "where", "expires"] : ["where", "when_none"];
}

export function buildSignal(name: string, text: SignalText, report: Report): Signal {
  const path = ["signals", name];
  const kinds = signalKinds.filter((kind) => text[kind] !== undefined);
  const [kind] = kinds;
  const label = text.label ?? sayName(name);
  const nothing: SignalSource = { kind: "value", property: "" };
  if (!kind || kinds.length > 1) {
    const found = kinds.length === 0 ? "none" : kinds.join(", ");
    report(path, `expected exactly one of ${signalKinds.join(", ")}, found ${found}`, "key");
    return { name, label, ...nothing };
  }
  for (const key of ["where", "by", "expires", "when_none"] as const) {
    const allowedKeys = modifiersOf(kind);
    if (text[key] !== undefined && !allowedKeys.includes(key)) {
      const allowed = allowedKeys.length > 0 ? allowedKeys.join(", ") : "nothing";
      report([...path, key], `does not go with ${kind}; allowed beside it: ${allowed}`, "key");
    }
  }
  return { name, label, ...(sourceOf(kind, text, path, report) ?? nothing) };
}

function sourceOf(
  kind: (typeof signalKinds)[number],
  text: SignalText,
  path: string[],
  report: Report,
): SignalSource | null {
  const whereIn = (source: Source) => buildCondition(text.where ?? {}, [...path, "where"], report, { source });
  if (kind === "value" || kind === "days_since") {
    const property = text[kind];
    return property === undefined ? null : { kind, property };
  }
  if (kind === "count") {
    return text.count === undefined ? null : { kind, of: text.count, where: whereIn(text.count) };
  }
  const target = text[kind];
  if (!target) return null;
  const { source: of, field } = target;
  const where = whereIn(of);
  if (derivedFieldOf(of, field)?.countsUp && kind !== "max" && kind !== "min") {
    report([...path, kind], `${of}.${field} grows every night, so that only max and min of it have a date to tell`);
  }
  if (kind !== "latest") return { kind, of, field, where, whenNone: text.when_none ?? null };
  if (text.by?.source !== of || derivedFieldOf(of, text.by.field)) {
    report([...path, "by"], `expected the date by which the latest is told, as ${of}.<date>`);
  }
  return { kind, of, field, by: text.by?.field ?? "", where, expires: text.expires ?? null };
}

/** `days_since_login` as `Days since login`. */
export function sayName(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
