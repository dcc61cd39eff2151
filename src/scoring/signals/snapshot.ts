/**
 * One signal of one company at one instant. `since` is the ISO date at which a running day count began, `until` the one
 * to which it runs down, so that words can name the date: a text with the count itself would change every night.
 * `held` is the value that the signal had, and the date on which it was first seen to be gone.
 */
export type Observation =
  | { known: true; value: number | string | boolean; since: string | null; until?: string }
  | { known: false; why: WhyUnknown; held?: { value: number | string | boolean; missingSince: string } };

export type WhyUnknown =
  | "blank"
  | "none"
  | "unreadable"
  | "not_a_number"
  | "not_a_date"
  | "expired"
  /** Amounts of several currencies, and no rate for one of them. */
  | "currencies"
  /** Nothing is known of what the property was. */
  | "no_history"
  /** A ratio by 0, or a change in percent from 0. */
  | "from_zero"
  /** It was known; somebody whose data it held has asked to be forgotten. */
  | "forgotten";

/** The signals of one company at one instant, by name, in the order of the rule file; the built-ins come last. */
export type Snapshot = ReadonlyMap<string, Observation>;
