import type { Ruleset } from "../ruleset/ruleset.ts";
import { numberOf } from "../fields/field-reader.ts";
import type { Observation, Snapshot } from "../signals/snapshot.ts";

/** `known`: the share of the customers of whom the signal is known, 0..1. */
export type SignalAudit = { name: string; label: string; known: number };

const OF_THE_BAND = 0.9;
const OF_THE_REST = 0.5;

/** Counts over a portfolio how often each signal is known, and of whom it is nothing: 0, no or blank. */
export function auditSignals({ signals }: Ruleset) {
  const columns = signals.map(({ name, label, kind }) => {
    // No days since a login is not a login less.
    const isDayCount = kind === "days_since" || kind === "days_until";
    return { name, label, isDayCount, known: 0, nothing: [] as boolean[] };
  });

  return {
    add(snapshot: Snapshot): void {
      for (const column of columns) {
        const observation = snapshot.get(column.name);
        if (observation?.known) column.known += 1;
        column.nothing.push(column.isDayCount ? !observation?.known : isNothing(observation));
      }
    },
    result(): SignalAudit[] {
      return columns.map(({ name, label, known, nothing }) => ({
        name,
        label,
        known: nothing.length === 0 ? 0 : known / nothing.length,
      }));
    },
    /** The signals that nine of ten in a group do not use, and at least half of the rest do; the shares of those who do not. */
    unused(inBand: readonly boolean[], inRest: readonly boolean[]) {
      return columns.flatMap(({ label, nothing }) => {
        const [own, rest] = [inBand, inRest].map((flags) => {
          const group = nothing.filter((_, index) => flags[index]);
          return group.filter(Boolean).length / group.length;
        });
        const isUnused = own !== undefined && rest !== undefined && own >= OF_THE_BAND && rest <= OF_THE_REST;
        return isUnused ? [{ label, inBand: own, inRest: rest }] : [];
      });
    },
  };
}

function isNothing(observation: Observation | undefined): boolean {
  if (!observation?.known) return true;
  const { value } = observation;
  return value === false || value === "false" || numberOf(value) === 0;
}
