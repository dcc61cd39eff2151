import type { Source } from "../../scoring/facts.ts";
import type { Duration } from "../../scoring/time/duration.ts";
import type { SignalSource } from "../../scoring/ruleset/signal.ts";
import { buildCombination } from "./build-combination.ts";
import { buildCondition } from "./build-condition.ts";
import { buildFold, decayIn } from "./build-fold.ts";
import type { FieldText } from "./field-text.ts";
import type { Findings } from "./findings.ts";
import { noteField } from "./read-field.ts";
import type { SignalKind, SignalText } from "./signal-text.ts";

/** What a signal of one kind is read from; null where it cannot be built, and then a problem is reported. */
export function buildSource(
  kind: SignalKind,
  text: SignalText,
  path: string[],
  findings: Findings,
): SignalSource | null {
  const at = [...path, kind];
  const note = (field: FieldText, as: "any" | "number" | "date" | "choice") => noteField(field, at, { as }, findings);
  const recordsOf = (of: Source) => ({
    of,
    links: text.links ?? ("primary" as const),
    where: buildCondition(text.where ?? {}, [...path, "where"], of, findings),
  });
  switch (kind) {
    case "value":
      return text.value ? buildValue(text.value, text, path, findings) : null;
    case "days_between": {
      const [from, to, ...more] = text.days_between ?? [];
      if (!from || !to || more.length > 0) {
        findings.report(at, `expected two dates of the company, found ${text.days_between?.length ?? 0}`);
        return null;
      }
      const property = `days_between(${from.field}, ${to.field})`;
      note({ of: "company", field: property }, "date");
      return { kind: "value", property, by: null, expires: null };
    }
    case "days_since":
    case "days_until": {
      const target = text[kind];
      if (!target) return null;
      note(target, "date");
      const { of, field } = target;
      return of === "company" ? { kind, of, field } : { kind, field, ...recordsOf(of) };
    }
    case "count": {
      if (typeof text.count === "object") {
        note(text.count, "choice");
        return { kind: "options", property: text.count.field };
      }
      return text.count ? { kind, ...recordsOf(text.count), decay: decayIn(text, text.count, path, findings) } : null;
    }
    case "exists":
      return typeof text.exists === "string" ? { kind, ...recordsOf(text.exists) } : null;
    case "share": {
      if (!text.share) return null;
      if (!text.matching) findings.report(at, "expected matching beside it: what the records must pass");
      const matching = buildCondition(text.matching ?? {}, [...path, "matching"], text.share, findings);
      return { kind, ...recordsOf(text.share), matching };
    }
    case "change":
    case "trend": {
      const target = text[kind];
      if (!target) return null;
      note(target, "number");
      if (!text.over) findings.report(at, "expected over beside it: how far back it looks, such as 30d");
      else if (!isAtMostAYear(text.over)) {
        const found = `${text.over.amount}${text.over.unit}`;
        findings.report([...path, "over"], `expected at most 1y: what is older is not kept, found ${found}`);
      }
      if (text.as === "number") findings.report([...path, "as"], "expected difference or percent");
      const as = text.as === "percent" ? ("percent" as const) : ("difference" as const);
      const base = { property: target.field, over: text.over ?? { amount: 1, unit: "d" }, as } as const;
      return kind === "change" ? { kind, ...base } : { kind, ...base, halfLife: text.half_life ?? null };
    }
    case "ratio":
    case "product":
      return buildCombination(kind, text, path, findings);
    case "latest":
    case "sum":
    case "mean":
    case "median":
    case "min":
    case "max":
      return buildFold(kind, text, path, recordsOf, findings);
  }
}

/** By the calendar a year may have 366 days, and so may twelve months. */
function isAtMostAYear({ amount, unit }: Duration): boolean {
  return amount <= { h: 366 * 24, d: 366, w: 52, mo: 12, y: 1 }[unit];
}

function buildValue(target: FieldText, text: SignalText, path: string[], findings: Findings): SignalSource {
  noteField(target, [...path, "value"], { as: "any" }, findings);
  if (text.by && !text.expires) findings.report([...path, "by"], "goes with expires alone", "key");
  if (text.by && text.by.of !== "company") {
    findings.report([...path, "by"], "expected a date of the company, as company.<property>");
  } else if (text.by) noteField(text.by, [...path, "by"], { as: "date" }, findings);
  return { kind: "value", property: target.field, by: text.by?.field ?? null, expires: text.expires ?? null };
}
