import { compileField } from "../fields/field-reader.ts";
import { isExpired } from "./is-expired.ts";
import { observe, observeNumber, unknown } from "./observe.ts";
import { compilePastValues } from "./past-values.ts";
import type { SignalReader } from "./signal-reader.ts";
import type { SignalSource } from "../ruleset/signal.ts";

/**
 * A field of the company. One that nothing is known of the age of does not expire: without a date in `by`, or without
 * a history.
 */
export function readValue({ property, by, expires }: Extract<SignalSource, { kind: "value" }>): SignalReader {
  const read = compileField("company", property);
  if (expires === null) return ({ company }, moment) => observe(read(company, moment));
  const readDate = by === null ? null : compileField("company", by);
  const pastOf = compilePastValues(property);
  return (facts, moment) => {
    const observation = observe(read(facts.company, moment));
    if (!observation.known) return observation;
    const date = readDate ? readDate(facts.company, moment) : (pastOf(facts, moment).at(-1)?.at ?? null);
    return date !== null && isExpired(String(date), expires, moment) ? unknown("expired") : observation;
  };
}

/** How many options of a multi-select are chosen; HubSpot joins them by semicolons, and may begin with one. */
export function readOptions({ property }: Extract<SignalSource, { kind: "options" }>): SignalReader {
  const read = compileField("company", property);
  return ({ company }, moment) => {
    const text = read(company, moment);
    if (text === null) return unknown("blank");
    return observeNumber(
      new Set(
        String(text)
          .split(";")
          .filter((option) => option.trim() !== ""),
      ).size,
    );
  };
}
