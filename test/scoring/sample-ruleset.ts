import type { Play } from "../../src/scoring/ruleset/play.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import type { Band, Rule, ScoreRules } from "../../src/scoring/ruleset/score-rules.ts";
import type { Signal } from "../../src/scoring/ruleset/signal.ts";
import { pointsOf } from "./points-of.ts";

export const threeBands: Band[] = [
  { name: "at_risk", label: "At risk", below: 50, colour: "red" },
  { name: "watch", label: "Watch", below: 75, colour: "yellow" },
  { name: "healthy", label: "Healthy", below: null, colour: "green" },
];

/** A rule whose grade is the signal's own value from 0 to 100. */
export function plainRule(signal: string, weight = 1): Rule {
  return sampleRule(signal, { weight, grade: { kind: "line", points: pointsOf([0, 0], [100, 100]) } });
}

/** A rule that leaves out what is missing and has no words of its own. */
export function sampleRule(signal: string, given: Pick<Rule, "grade"> & Partial<Rule>): Rule {
  return { signal, label: signal, weight: 1, missing: { kind: "exclude" }, reason: null, advice: null, ...given };
}

/** The signal that is the company property of its name. */
export function plainSignal(property: string): Signal {
  return { name: property, label: property, unit: null, kind: "value", property, by: null, expires: null };
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
    phases: [],
    pulse: null,
    override: null,
    percentileBands: null,
    ...given,
  };
}

export function samplePlay(given: Partial<Omit<Play, "task">> & { task?: Partial<Play["task"]> } = {}): Play {
  return {
    name: "Follow up",
    slug: "follow-up",
    trigger: { kind: "enters", score: "health", band: "at_risk" },
    conditions: [],
    rearm: { aboveEdge: 0, after: null },
    weeklyCapacity: null,
    closeWhen: [{ field: "health", test: { kind: "not", values: ["at_risk"] } }],
    ...given,
    task: {
      subject: "{{ company.name }}: {{ score }} ({{ change }})",
      body: "{{ band }}\n{{ reasons }}",
      owner: { kind: "company" },
      dueWorkingDays: 2,
      priority: "HIGH",
      type: "CALL",
      escalations: [],
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
      since: null,
      value: null,
      renewal: null,
    },
    fallbackOwner: null,
    holidays: [],
    rates: new Map(),
    signals: ["seats", "features", "nps"].map(plainSignal),
    scores: [sampleScore()],
    plays: [samplePlay()],
    ...given,
  };
}
