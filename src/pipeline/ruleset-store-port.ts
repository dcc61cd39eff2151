/** Every ruleset that was ever in force, so that an old score can be told apart from one by other rules. */
export type RulesetStore = {
  /** Keeps a ruleset that is in force from now on; one that is known keeps the instant at which it first was. */
  record(ruleset: { hash: string; name: string; text: string }, now: Date): Promise<void>;
  /** Those that were recorded, the latest first. */
  list(): Promise<RecordedRuleset[]>;
};
export type RecordedRuleset = { hash: string; name: string; text: string; firstAt: Date; lastAt: Date };
