import type { Condition } from "./field-test.ts";
import type { Play } from "./play.ts";
import type { ScoreRules } from "./score-rules.ts";
import type { Signal } from "./signal.ts";

/**
 * The whole rule file, checked and ready to be compiled: plain data. Words:
 *
 * - signal: one observed fact of a company. - grade: its value on 0..100, 100 always healthiest.
 * - rule: a signal, its grade and its weight. - dimension: a weighted group of rules.
 * - adjustment: signed points after the weighted mean. - limit: a cap or floor that a critical fact sets.
 * - phase: where a customer is in its life; it may be scored by other rules. - band: a named range of the score.
 * - play: what a transition between bands, or a fact, calls for.
 */
export type Ruleset = {
  /** Of the file's text: two files with the same hash give the same scores. */
  hash: string;
  name: string;
  language: Language;
  timezone: string;
  /** Begins the name of every property that is written. */
  prefix: string;
  customers: {
    where: Condition;
    /** A company for which this holds has left: it is no longer scored. */
    churned: Condition | null;
    /** Company property: the date from which tenure counts. */
    since: string | null;
    /** Company property: what the customer is worth; it ranks the work. */
    value: string | null;
    /** Company property: the date of the renewal. */
    renewal: string | null;
  };
  fallbackOwner: string | null;
  /** Days on which no task is due: `2026-12-24`, or `12-25` of every year. */
  holidays: readonly string[];
  /** What one unit of each currency is worth, all in the same (any) measure. */
  rates: ReadonlyMap<string, number>;
  signals: readonly Signal[];
  scores: readonly ScoreRules[];
  plays: readonly Play[];
};

export type Language = "nb" | "da" | "en";
