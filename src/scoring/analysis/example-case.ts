import type { Facts } from "../facts.ts";
import type { Standing } from "../compiled-ruleset.ts";
import type { Observation } from "../signals/snapshot.ts";

/** A made-up customer and what the rules should make of it: a test of a rule file. */
export type ExampleCase = {
  name: string;
  place: Place;
  instant: Date;
  /** Closed ticket stages as `pipeline/stage`. */
  closedStages: readonly string[];
  facts: Facts;
  /** What stood the day before, by the same rules; null: nothing, so that the scores are a baseline. */
  before: { scores: ReadonlyMap<string, number>; signals: ReadonlyMap<string, Observation> } | null;
  expectations: readonly Expectation[];
};

/** Where something is written; lines and columns count from 1. */
export type Place = { line: number; column: number };

export type Expectation = { place: Place } & (
  | { kind: "value"; score: string; value: number | null }
  | { kind: "band" | "phase"; score: string; name: string }
  /** In whole percent. */
  | { kind: "coverage"; score: string; percent: number }
  /** Each of these is part of one of the reasons. */
  | { kind: "reasons"; score: string; parts: readonly string[] }
  /** The plays, by name, that make a task now: these and no others. */
  | { kind: "tasks"; plays: readonly string[] }
  | { kind: "standing"; standing: Standing }
);
