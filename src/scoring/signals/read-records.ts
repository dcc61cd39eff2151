import { compileRecordCondition } from "../fields/condition.ts";
import { compileWeight } from "./decay.ts";
import { sumOf } from "./fold-numbers.ts";
import { observe, observeNumber, unknown } from "./observe.ts";
import { compilePassingRecords } from "./passing-records.ts";
import type { SignalReader } from "./signal-reader.ts";
import type { SignalSource } from "../ruleset/signal.ts";

/** How many records pass, each counted by its weight; none is 0. */
export function readCount(signal: Extract<SignalSource, { kind: "count" }>): SignalReader {
  const recordsOf = compilePassingRecords(signal);
  const weightOf = compileWeight(signal.of, signal.decay);
  return (facts, moment) => {
    const records = recordsOf(facts, moment);
    if (!records) return unknown("unreadable");
    return observeNumber(sumOf(records.map((record) => weightOf(record, moment) ?? 0)));
  };
}

export function readExists(signal: Extract<SignalSource, { kind: "exists" }>): SignalReader {
  const recordsOf = compilePassingRecords(signal);
  return (facts, moment) => {
    const records = recordsOf(facts, moment);
    return records ? observe(records.length > 0) : unknown("unreadable");
  };
}

/** Percent of the records, 0..100. */
export function readShare(signal: Extract<SignalSource, { kind: "share" }>): SignalReader {
  const recordsOf = compilePassingRecords(signal);
  const matches = compileRecordCondition(signal.of, signal.matching);
  return (facts, moment) => {
    const records = recordsOf(facts, moment);
    if (!records) return unknown("unreadable");
    if (records.length === 0) return unknown("none");
    const matching = records.filter((record) => matches(record, moment));
    return observeNumber((100 * matching.length) / records.length);
  };
}
