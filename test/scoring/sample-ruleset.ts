import type { Band, Play, Rule, Ruleset, ScoreRules } from "../../src/scoring/ruleset.ts";
import { pointsOf } from "./points-of.ts";

export const threeBands: Band[] = [
  { name: "at_risk", label: "At risk", below: 50, colour: "red" },
  { name: "watch", label: "Watch", below: 75, colour: "yellow" },
  { name: "healthy", label: "Healthy", below: null, colour: "green" },
];

/** A rule whose grade is the signal's own value from 0 to 100. */
export function plainRule(signal: string, weight = 1): Rule {
  return { signal, label: signal, weight, grade: { kind: "line", points: pointsOf([0, 0], [100, 100]) } };
}

export function sampleScore(given: Partial<ScoreRules> = {}): ScoreRules {
  return {
    name: "health",
    label: "Health",
    property: "chs_health_score",
    minimumCoverage: 0.5,
    dimensions: [
      { name: "usage", label: "Use", weight: 3, rules: [plainRule("seats"), plainRule("features")] },
      { name: "voice", label: "Voice", weight: 1, rules: [plainRule("nps")] },
    ],
    adjustments: [],
    limits: [],
    bands: threeBands,
    ...given,
  };
}

export function samplePlay(given: Partial<Omit<Play, "task">> & { task?: Partial<Play["task"]> } = {}): Play {
  return {
    name: "Follow up",
    slug: "follow-up",
    when: { score: "health", enters: "at_risk" },
    closeWhen: { score: "health", leaves: "at_risk" },
    ...given,
    task: {
      subject: "{{ company.name }}: {{ score }} ({{ change }})",
      body: "{{ band }}\n{{ reasons }}",
      owner: { kind: "company" },
      dueWorkingDays: 2,
      priority: "HIGH",
      type: "CALL",
      ...given.task,
    },
  };
}

/** Three company properties, seats, features and nps, weigh 3/8, 3/8 and 2/8; a score under 50 makes a task. */
export function sampleRuleset(given: Partial<Ruleset> = {}): Ruleset {
  return {
    hash: "first",
    name: "Sample",
    language: "en",
    timezone: "Europe/Oslo",
    prefix: "chs_",
    customers: {
      where: [{ field: "lifecyclestage", test: { kind: "is", values: ["customer"] } }],
      churned: [{ field: "churned_at", test: { kind: "known" } }],
      value: null,
      renewal: null,
    },
    fallbackOwner: null,
    signals: ["seats", "features", "nps"].map((property) => ({
      name: property,
      label: property,
      kind: "value",
      property,
    })),
    scores: [sampleScore()],
    plays: [samplePlay()],
    ...given,
  };
}
