/**
 * Edits of the source that each take one capability away: `from` stands once in the file, and `capability` is the name
 * of a test that must fail then.
 */
export const breaks = [
  {
    capability: "half-life of records",
    file: "src/scoring/signals/decay.ts",
    from: "return 0.5 ** (ageDays / daysOfDuration(halfLife));",
    to: "return 1;",
  },
  {
    capability: "money turned into one currency",
    file: "src/scoring/fields/money.ts",
    from: "amount.number * rate",
    to: "amount.number",
  },
  {
    capability: "between, both ends",
    file: "src/scoring/fields/comparison.ts",
    from: "number >= from && number <= to",
    to: "from <= to",
  },
  {
    capability: "contains whole words",
    file: "src/config/rules/build-condition.ts",
    from: '["is", "not", "contains"] as const',
    to: '["is", "not"] as const',
  },
  {
    capability: "missing: hold the last known value",
    file: "src/scoring/signals/hold-values.ts",
    from: "if (now && last)",
    to: "if (!now && last)",
  },
  {
    capability: "cap",
    file: "src/scoring/scores/strictest-limit.ts",
    from: "return cap ?? floor;",
    to: "return floor;",
  },
  {
    capability: "phase with its own dimensions",
    file: "src/scoring/scores/scorecard.ts",
    from: "phases.find(({ holds }) => holds(snapshot, moment)) ?? own",
    to: "own",
  },
  {
    capability: "bands are strictly below",
    file: "src/scoring/scores/band.ts",
    from: "value < below",
    to: "value <= below",
  },
  {
    capability: "manual override",
    file: "src/scoring/scores/scorecard.ts",
    from: "rules.override && overrideOf(rules.name, snapshot, moment)",
    to: "null",
  },
  {
    capability: "rearm above the edge",
    file: "src/scoring/plays/band-triggers.ts",
    from: "highest >= edge + aboveEdge",
    to: "highest >= edge",
  },
  {
    capability: "no task for a day count of long ago",
    file: "src/scoring/plays/reach-triggers.ts",
    from: "day <= today && day >= calendar.daysBefore(today, grace)",
    to: "day <= today",
  },
  {
    capability: "capacity per week, by risk times value",
    file: "src/store/admission-store.ts",
    from: "(planned->>'rank')::float8 DESC",
    to: "(planned->>'rank')::float8 ASC",
  },
];
