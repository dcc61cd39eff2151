import { readProduct, readRatio } from "./combine-signals.ts";
import type { Facts } from "../facts.ts";
import type { Moment } from "../time/moment.ts";
import { readAggregate } from "./read-aggregate.ts";
import { readChange } from "./read-change.ts";
import { readDays } from "./read-days.ts";
import { readLatest } from "./read-latest.ts";
import { readCount, readExists, readShare } from "./read-records.ts";
import { readTrend } from "./read-trend.ts";
import { readOptions, readValue } from "./read-value.ts";
import type { SignalSource } from "../ruleset/signal.ts";
import type { Observation, Snapshot } from "./snapshot.ts";

/** `observed` holds what the signal is made of, where it is made of others. */
export type SignalReader = (facts: Facts, moment: Moment, observed: Snapshot) => Observation;

/** How a signal is observed in the facts of a company. */
export function compileSignal(signal: SignalSource, rates: ReadonlyMap<string, number>): SignalReader {
  switch (signal.kind) {
    case "value":
      return readValue(signal);
    case "options":
      return readOptions(signal);
    case "days_since":
    case "days_until":
      return readDays(signal);
    case "count":
      return readCount(signal);
    case "exists":
      return readExists(signal);
    case "share":
      return readShare(signal);
    case "latest":
      return readLatest(signal);
    case "change":
      return readChange(signal);
    case "trend":
      return readTrend(signal);
    case "ratio":
      return readRatio(signal);
    case "product":
      return readProduct(signal);
    default:
      return readAggregate(signal, rates);
  }
}
