import { isoDateOfDay } from "../time/calendar.ts";
import { compileWeight } from "./decay.ts";
import { derivedFieldOf } from "../fields/derived-fields.ts";
import { compileField, numberOf } from "../fields/field-reader.ts";
import { foldNumbers } from "./fold-numbers.ts";
import { compileMoney, type Amount } from "../fields/money.ts";
import { observeNumber, unknown } from "./observe.ts";
import { compilePassingRecords } from "./passing-records.ts";
import type { SignalReader } from "./signal-reader.ts";
import type { Aggregate, SignalSource } from "../ruleset/signal.ts";

/** Folds the numbers of the records that pass; a record without a number does not count, nor does its currency. */
export function readAggregate(
  signal: Extract<SignalSource, { kind: Aggregate }>,
  rates: ReadonlyMap<string, number>,
): SignalReader {
  const { kind, of, field, whenNone, currency, decay } = signal;
  const recordsOf = compilePassingRecords(signal);
  const read = compileField(of, field);
  const weightOf = compileWeight(of, decay);
  const inOneCurrency = compileMoney(of, field, currency, rates);
  const countsUp = derivedFieldOf(of, field)?.countsUp === true;
  return (facts, moment) => {
    const records = recordsOf(facts, moment);
    if (!records) return unknown("unreadable");
    const amounts: (Amount & { weight: number })[] = [];
    for (const record of records) {
      const number = numberOf(read(record, moment));
      const weight = weightOf(record, moment);
      if (number !== null && weight !== null) amounts.push({ number, weight, record });
    }
    if (amounts.length === 0) return whenNone === null ? unknown("none") : observeNumber(whenNone);
    const numbers = inOneCurrency(amounts);
    if (!numbers) return unknown("currencies");
    const value = foldNumbers(
      kind,
      amounts.map(({ number, weight }, index) => ({ number: numbers[index] ?? number, weight })),
    );
    if (countsUp && value > 0) return { known: true, value, since: isoDateOfDay(moment.today - value) };
    return observeNumber(value);
  };
}
