/**
 * One signal of one company at one instant. `since` is the ISO date at which a running day count began, so that words
 * can name the date: a text with the count itself would change every night.
 */
export type Observation =
  | { known: true; value: number | string | boolean; since: string | null }
  | { known: false; why: "blank" | "none" | "unreadable" | "not_a_number" | "not_a_date" | "expired" };

/** The signals of one company at one instant, by name, in the order of the rule file. */
export type Snapshot = ReadonlyMap<string, Observation>;
