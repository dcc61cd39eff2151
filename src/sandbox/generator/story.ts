import type { Random } from "../random.ts";

export type Range = readonly [low: number, high: number];

/**
 * How a customer behaves. `turned` counts the days since its turning point (negative before it); a story without a turn
 * ignores it. Stories vary `steady`, so each file says only what is special.
 */
export type Story = {
  name: string;
  /** Percent of the customers. */
  share: number;
  /** How long it has been a customer when the portal's past ends. */
  tenureDays: Range;
  /** When it turns, in days from the end of the past: negative is before. */
  turnsInDays: Range;
  renewsInDays: Range;
  contacts: Range;
  /** Sessions on a working day. */
  loginsPerDay(turned: number): number;
  /** Of ten. */
  keyFeatures(turned: number): number;
  /** Percent of the seats. */
  seatsActive(turned: number): number;
  ticketsPerMonth(turned: number): number;
  urgentShare: number;
  hoursToClose: Range;
  /** Chance that a closed ticket's survey is answered kindly. */
  kindness(turned: number): number;
  /** Days after the due date; negative is early. */
  paysAfterDueDays(turned: number): Range;
  /** Chance that an invoice is never paid. */
  defaults(turned: number): number;
  nps(turned: number): Range;
  sentiment(turned: number): "HEALTHY" | "NEUTRAL" | "AT_RISK";
  /** How often somebody of ours speaks with them. */
  contactedEveryDays: number;
  /** Chance per day of buying more. */
  expands: number;
  /** Chance per day of leaving. */
  leaves(turned: number): number;
};

/** A value that goes from `before` to `after` within `days` of the turning point. */
export function turning(turned: number, before: number, after: number, days: number): number {
  const progress = Math.min(1, Math.max(0, turned / days));
  return before + (after - before) * progress;
}

export function draw(random: Random, [low, high]: Range): number {
  return random.whole(low, high);
}
