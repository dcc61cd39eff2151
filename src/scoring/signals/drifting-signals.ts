import { builtInSignals, type Signal } from "../ruleset/signal.ts";

/**
 * The names of signals whose number moves from one day to the next though nothing happens: what decays, slopes, and what
 * is reckoned from day counts. Day counts themselves are not among them: they are said as the date that they count from.
 */
export function driftingSignals(signals: readonly Signal[]): ReadonlySet<string> {
  const byName = new Map(signals.map((signal) => [signal.name, signal]));
  const counts = (name: string): boolean => {
    const signal = byName.get(name);
    return (
      builtInSignals.some((builtIn) => builtIn === name) ||
      signal?.kind === "days_since" ||
      signal?.kind === "days_until"
    );
  };
  const drifts = (name: string): boolean => {
    const signal = byName.get(name);
    if (!signal) return false;
    if (signal.kind === "trend") return true;
    if (signal.kind === "ratio" || signal.kind === "product") {
      return signal.of.some((part) => typeof part === "string" && (counts(part) || drifts(part)));
    }
    return "decay" in signal && signal.decay !== null;
  };
  return new Set(signals.map(({ name }) => name).filter(drifts));
}
