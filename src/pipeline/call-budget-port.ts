/** The limits that HubSpot counts calls by: all of them, those of the associations API too, and searches apart. */
export type CallWindow = "general" | "association" | "search";

/**
 * How long a turn stays taken after its call, ms: HubSpot's windows, and a little more, because its clock and ours do
 * not run alike to the millisecond.
 */
export const windowSpanMs: Readonly<Record<CallWindow, number>> = {
  general: 10_050,
  association: 10_050,
  search: 1_050,
};

/**
 * The calls that the app may make of its portal, shared by all processes on one store. A turn is one call. It is held
 * from before the call is sent until `giveBack`, and is free again a span after that: HubSpot counts a call at some
 * instant in between that only it knows, so no sliding window of HubSpot's ever holds more calls than there are turns.
 * Windows go by the clock of whoever keeps them, because the clocks of replicas differ; days by instants handed in.
 */
export type CallBudget = {
  /**
   * Up to `wanted` turns of a window of `limit`, as long as `keepFree` others stay free for more urgent calls. Where
   * fewer are given, `nextFreeInMs` tells how long to wait before asking again. A turn that is never given back (its
   * process died) is free again after the longest call and the span.
   */
  take(window: CallWindow, wanted: number, limits: { limit: number; keepFree: number }): Promise<TakenTurns>;
  giveBack(window: CallWindow, turns: readonly number[]): Promise<void>;

  /**
   * Nobody calls before `until`; of two for the same reason, the later counts. A pause lasts as long as there is
   * from `now` to `until`, by the keeper's clock; a day ends at `until` itself.
   */
  close(closing: Closing, now: Date): Promise<void>;
  /** What keeps calls of this window from being sent at `now`; null where nothing does. */
  closing(window: CallWindow, now: Date): Promise<Closing | null>;

  /** Keeps what HubSpot last said of the day; an older day does not overwrite a newer one. */
  learnDay(day: CallDay): Promise<void>;
  readDay(): Promise<CallDay | null>;
  /** Counts calls of the associations API, for which HubSpot tells no count; gives the count of that day. */
  countAssociations(calls: number, resetsAt: Date): Promise<number>;
};

export type TakenTurns = { turns: number[]; nextFreeInMs: number };
/** Of one window, or of all calls. */
export type Closing = { window: CallWindow | "all"; reason: "pause" | "day"; until: Date };
/** The portal's allowance, as the last answer told it; `resetsAt` is midnight in the portal's time zone. */
export type CallDay = { limit: number; remaining: number; resetsAt: Date; at: Date };
