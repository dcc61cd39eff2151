import type { Snapshot } from "../signals/snapshot.ts";

const OVERRIDE = /\.override_(score|reason|until)$/;

/** A snapshot without what a person has set, so that the rules alone make the score. */
export function withoutOverrides(snapshot: Snapshot): Snapshot {
  return new Map([...snapshot].filter(([name]) => !OVERRIDE.test(name)));
}
