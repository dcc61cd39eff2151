import type { DecisionCount } from "./store-port.ts";

/** A nightly run that was asked for. */
export type Sweep = {
  id: string;
  scheduledFor: Date;
  tasksForCurrent: boolean;
  /** The last company that was rescored; null before the first, while the sync runs. */
  cursor: string | null;
};
export type SweepStore = {
  /** Asks for a sweep and marks the work; false where one for this instant was asked for before. */
  request(scheduledFor: Date, options: { tasksForCurrent: boolean }, now: Date): Promise<boolean>;
  /** The same where none was asked for under these rules before; of replicas that start together, one asks. */
  requestForRules(hash: string, scheduledFor: Date, now: Date): Promise<boolean>;
  /** The oldest sweep that was asked for and is not finished. */
  next(): Promise<Sweep | null>;
  saveCursor(id: string, cursor: string): Promise<void>;
  finish(id: string, counts: DecisionCount, now: Date): Promise<void>;
  lastFinished(): Promise<{ scheduledFor: Date; finishedAt: Date } | null>;
};
