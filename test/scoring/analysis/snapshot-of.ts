import type { Observation, Snapshot } from "../../../src/scoring/signals/snapshot.ts";

/** A snapshot of these values; null is unknown. */
export function snapshotOf(values: Readonly<Record<string, number | string | boolean | null>>): Snapshot {
  return new Map(
    Object.entries(values).map(([name, value]): [string, Observation] => [
      name,
      value === null ? { known: false, why: "blank" } : { known: true, value, since: null },
    ]),
  );
}
