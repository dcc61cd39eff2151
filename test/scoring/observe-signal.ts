import type { Facts, PastValue } from "../../src/scoring/facts.ts";
import { compileSignal } from "../../src/scoring/signals/signal-reader.ts";
import type { SignalSource } from "../../src/scoring/ruleset/signal.ts";
import type { Observation, WhyUnknown } from "../../src/scoring/signals/snapshot.ts";
import { momentAt } from "./moment-at.ts";

export const moment = momentAt("2026-10-03T12:00:00Z");

/** What a signal alone is at noon UTC of 3 October 2026, in Oslo. */
export function observeSignal(source: SignalSource, facts: Facts, rates = new Map<string, number>()): Observation {
  return compileSignal(source, rates)(facts, moment, new Map());
}

export function known(value: number | string | boolean, since: string | null = null): Observation {
  return { known: true, value, since };
}

export function unknown(why: WhyUnknown): Observation {
  return { known: false, why };
}

/** What a property was, from each of these instants on. */
export function pastOf(...steps: readonly [instant: string, value: string | null][]): PastValue[] {
  return steps.map(([instant, value]) => ({ at: Date.parse(instant), value }));
}

/** The parts of a signal of records that most do without. */
export const plain = { links: "primary", where: [] } as const;
export const urgent = [{ field: "priority", test: { kind: "is", values: ["URGENT"] } }] as const;
