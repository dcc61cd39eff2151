import type { Facts } from "../facts.ts";
import type { Moment } from "../time/moment.ts";
import { unknown } from "./observe.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import { compileSignal } from "./signal-reader.ts";
import type { builtInSignals, SignalSource } from "../ruleset/signal.ts";
import type { Observation, Snapshot } from "./snapshot.ts";

export type TakeSignals = (facts: Facts, moment: Moment) => Snapshot;
type NamedSource = { name: string } & SignalSource;

/**
 * All signals of a ruleset as one function: in the order of the file, the built-ins last. Throws `RangeError` where
 * signals are made of each other, or of one that is not there.
 */
export function compileSignals(ruleset: Pick<Ruleset, "signals" | "customers" | "rates">): TakeSignals {
  const signals = [...ruleset.signals, ...builtInsOf(ruleset.customers)];
  const steps = inOrderOfNeed(signals).map((signal) => ({
    name: signal.name,
    read: compileSignal(signal, ruleset.rates),
  }));
  return (facts, moment) => {
    // All are named first in the order of the file: a map keeps that order, whichever is worked out before another.
    const observed = new Map<string, Observation>(signals.map(({ name }) => [name, unknown("none")]));
    for (const { name, read } of steps) observed.set(name, read(facts, moment, observed));
    return observed;
  };
}

function builtInsOf({ since, renewal }: Ruleset["customers"]): NamedSource[] {
  const builtIn = (name: (typeof builtInSignals)[number], kind: "days_since" | "days_until", field: string | null) =>
    field === null ? [] : [{ name, kind, of: "company" as const, field }];
  return [...builtIn("tenure_days", "days_since", since), ...builtIn("days_to_renewal", "days_until", renewal)];
}

function inOrderOfNeed(signals: readonly NamedSource[]): NamedSource[] {
  const ordered: NamedSource[] = [];
  const placed = new Set<string>();
  let waiting = signals;
  while (waiting.length > 0) {
    const ready = waiting.filter((signal) => needsOf(signal).every((name) => placed.has(name)));
    if (ready.length === 0) {
      const names = waiting.map(({ name }) => name).join(", ");
      throw new RangeError(`signals ${names} are made of each other, or of a signal that is not there`);
    }
    for (const { name } of ready) placed.add(name);
    ordered.push(...ready);
    waiting = waiting.filter((signal) => !ready.includes(signal));
  }
  return ordered;
}

function needsOf(signal: SignalSource): readonly string[] {
  if (signal.kind === "ratio") return signal.of;
  return signal.kind === "product" ? signal.of.filter((part) => typeof part === "string") : [];
}
