import { instantOfText } from "../time/calendar.ts";
import type { FieldValue } from "../fields/derived-fields.ts";
import { compileField } from "../fields/field-reader.ts";
import { isExpired } from "./is-expired.ts";
import { observe, unknown } from "./observe.ts";
import { compilePassingRecords } from "./passing-records.ts";
import type { SignalReader } from "./signal-reader.ts";
import type { SignalSource } from "../ruleset/signal.ts";

/** The value of the record with the latest date, among those that have both. */
export function readLatest(signal: Extract<SignalSource, { kind: "latest" }>): SignalReader {
  const { of, field, by, expires } = signal;
  const recordsOf = compilePassingRecords(signal);
  const read = compileField(of, field);
  const readDate = compileField(of, by);
  return (facts, moment) => {
    const records = recordsOf(facts, moment);
    if (!records) return unknown("unreadable");
    let latest: { instant: number; date: string; value: FieldValue } | null = null;
    for (const record of records) {
      const date = readDate(record, moment);
      const value = read(record, moment);
      if (typeof date !== "string" || value === null) continue;
      const instant = instantOfText(date);
      if (instant === null) continue;
      if (!latest || isLater({ instant, date, value }, latest)) latest = { instant, date, value };
    }
    if (!latest) return unknown("none");
    return expires && isExpired(latest.date, expires, moment) ? unknown("expired") : observe(latest.value);
  };
}

type Dated = { instant: number; date: string; value: FieldValue };

/** Between two of the same instant the order of the records, which HubSpot may change, decides nothing. */
function isLater(one: Dated, other: Dated): boolean {
  if (one.instant !== other.instant) return one.instant > other.instant;
  // A date and a datetime may be of one instant and yet of two days.
  const [mine, theirs] = [one, other].map(({ value, date }) => `${String(value)} ${date}`);
  return String(mine) < String(theirs);
}
