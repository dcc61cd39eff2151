import { derivedFieldOf } from "../../scoring/fields/derived-fields.ts";
import type { Source } from "../../scoring/facts.ts";
import { currencyReadBy, sourcesWithCurrency } from "../../scoring/fields/money.ts";
import type { Aggregate, SignalSource } from "../../scoring/ruleset/signal.ts";
import type { Findings } from "./findings.ts";
import { noteField } from "./read-field.ts";
import type { SignalText } from "./signal-text.ts";

type RecordsOf = (of: Source) => Omit<Extract<SignalSource, { kind: "exists" }>, "kind">;

/** A signal that is worked out from one field of records. */
export function buildFold(
  kind: Aggregate | "latest",
  text: SignalText,
  path: string[],
  recordsOf: RecordsOf,
  findings: Findings,
): SignalSource | null {
  const target = text[kind];
  if (!target || target.of === "company") return null;
  const { of, field } = target;
  const at = [...path, kind];
  noteField(target, at, { as: kind === "latest" ? "any" : "number" }, findings);
  if (derivedFieldOf(of, field)?.countsUp && kind !== "max" && kind !== "min") {
    findings.report(at, `${of}.${field} grows every night, so that only max and min of it have a date to tell`);
  }
  if (kind === "latest") {
    const by = dateBeside(text, of, path, findings, "by which the latest is told");
    return { kind, field, by, ...recordsOf(of), expires: text.expires ?? null };
  }
  const currency = text.currency ?? null;
  if (currency !== null) {
    const property = currencyReadBy(of, field, currency);
    if (property === null) {
      const allowed = sourcesWithCurrency.join(", ");
      findings.report([...path, "currency"], `${of} name no currency; allowed with: ${allowed}`);
    } else findings.use({ source: of, property, as: "any", path: [...path, "currency"] });
  }
  const decay = kind === "sum" || kind === "mean" ? decayIn(text, of, path, findings) : null;
  return { kind, field, ...recordsOf(of), whenNone: text.when_none ?? null, currency, decay };
}

/** How records lose weight with age; null where they do not. */
export function decayIn(text: SignalText, of: Source, path: string[], findings: Findings) {
  if (!text.half_life && !text.by) return null;
  if (!text.half_life) {
    findings.report([...path, "by"], "goes with half_life alone here", "key");
    return null;
  }
  const by = dateBeside(text, of, path, findings, "by which the age of a record is told");
  return { by, halfLife: text.half_life };
}

/** The date in `by`, which must be one of the same records. */
function dateBeside(text: SignalText, of: Source, path: string[], findings: Findings, what: string): string {
  const { by } = text;
  if (by?.of !== of || derivedFieldOf(of, by.field)) {
    findings.report(
      by ? [...path, "by"] : path,
      `expected ${by ? "" : "by beside it: "}the date ${what}, as ${of}.<date>`,
    );
    return "";
  }
  noteField(by, [...path, "by"], { as: "date" }, findings);
  return by.field;
}
