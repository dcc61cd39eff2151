import type { Facts } from "../facts.ts";
import type { Score } from "../scores/score.ts";
import type { Snapshot } from "../signals/snapshot.ts";

/** What plays are decided by: a company as it is now. `scores` are by name. */
export type PlayNow = { facts: Facts; snapshot: Snapshot; scores: ReadonlyMap<string, Score> };
