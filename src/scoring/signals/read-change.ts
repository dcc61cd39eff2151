import { compileField, numberOf } from "../fields/field-reader.ts";
import { observeNumber, unknown } from "./observe.ts";
import { compilePastValues } from "./past-values.ts";
import type { SignalReader } from "./signal-reader.ts";
import type { SignalSource } from "../ruleset/signal.ts";

/**
 * The standing value less the one that stood `over` ago, at the same time of day; in percent of that one's size, so that
 * the sign tells the direction also from below 0. From 0 to 0 nothing has changed; any other change from 0 has no percent.
 */
export function readChange({ property, over, as }: Extract<SignalSource, { kind: "change" }>): SignalReader {
  const read = compileField("company", property);
  const pastOf = compilePastValues(property);
  return (facts, moment) => {
    const since = moment.calendar.instantBefore(moment.instantMs, over);
    const then = pastOf(facts, moment).findLast(({ at }) => at <= since);
    if (!then) return unknown("no_history");
    const before = numberOf(then.value);
    const now = numberOf(read(facts.company, moment));
    if (before === null || now === null) return unknown("not_a_number");
    if (as === "difference" || now === before) return observeNumber(now - before);
    return before === 0 ? unknown("from_zero") : observeNumber((100 * (now - before)) / Math.abs(before));
  };
}
