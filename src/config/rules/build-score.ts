import type { Band, Dimension, Grade, Rule, ScoreRules, Signal } from "../../scoring/ruleset.ts";
import { reservedDimensions } from "../../scoring/written-properties.ts";
import { buildCondition } from "./build-condition.ts";
import type { Report } from "./build-ruleset.ts";
import { sayName } from "./build-signal.ts";
import type { RuleText, ScoreText } from "./rule-file.ts";
import { numberIn } from "./scalars.ts";

const DEFAULT_MINIMUM_COVERAGE = 0.5;

export function buildScore(name: string, text: ScoreText, signals: readonly Signal[], report: Report): ScoreRules {
  const path = ["scores", name];
  const known = new Set(signals.map((signal) => signal.name));
  return {
    name,
    label: text.label ?? sayName(name),
    property: text.property,
    minimumCoverage: text.minimum_coverage ?? DEFAULT_MINIMUM_COVERAGE,
    dimensions: Object.entries(text.dimensions).map(([dimension, { label, weight, rules }]): Dimension => {
      const at = [...path, "dimensions", dimension];
      if (reservedDimensions.some((reserved) => reserved === dimension)) report(at, "this name is reserved", "key");
      return {
        name: dimension,
        label: label ?? sayName(dimension),
        weight,
        rules: rules.map((rule, index) => buildRule(rule, [...at, "rules", index], signals, report)),
      };
    }),
    adjustments: (text.adjustments ?? []).map(({ label, points, when }, index) => ({
      label: label ?? labelOf(when, signals),
      points,
      when: buildCondition(when, [...path, "adjustments", index, "when"], report, { signals: known }),
    })),
    limits: (text.limits ?? []).map(({ label, cap, floor, when }, index) => {
      const at = [...path, "limits", index];
      if ((cap === undefined) === (floor === undefined)) report(at, "expected either cap or floor");
      const limit = cap ?? floor ?? 0;
      if (limit < 0 || limit > 100) report(at, `expected a score from 0 to 100, found ${limit}`);
      return {
        label: label ?? labelOf(when, signals),
        kind: cap === undefined ? "floor" : "cap",
        at: limit,
        when: buildCondition(when, [...at, "when"], report, { signals: known }),
      };
    }),
    bands: Object.entries(text.bands).map(([band, { label, below, colour }]): Band => ({
      name: band,
      label: label ?? sayName(band),
      below: below ?? null,
      colour,
    })),
  };
}

function buildRule(text: RuleText, path: (string | number)[], signals: readonly Signal[], report: Report): Rule {
  const signal = signals.find(({ name }) => name === text.signal);
  if (!signal) {
    report(
      [...path, "signal"],
      `no signal is called "${text.signal}"; known: ${signals.map(({ name }) => name).join(", ")}`,
    );
  }
  return {
    signal: text.signal,
    label: text.label ?? signal?.label ?? text.signal,
    weight: text.weight ?? 1,
    grade: buildGrade(text.grade, [...path, "grade"], report),
  };
}

function buildGrade(text: RuleText["grade"], path: (string | number)[], report: Report): Grade {
  const kinds = (["line", "steps", "match"] as const).filter((kind) => text[kind] !== undefined);
  const [kind] = kinds;
  const points = kind && text[kind];
  if (!kind || !points || kinds.length > 1) {
    report(path, `expected exactly one of line, steps, match, found ${kinds.join(", ") || "none"}`);
    return { kind: "match", grades: new Map() };
  }
  if (kind === "match") return { kind, grades: new Map(Object.entries(points)) };

  const placed = Object.entries(points).flatMap(([at, grade]) => {
    const number = numberIn(at);
    if (number !== undefined) return [{ at: number, grade }];
    report([...path, kind, at], `expected a number to grade, found ${JSON.stringify(at)}`, "key");
    return [];
  });
  const count = Object.keys(points).length;
  if (count < 2) report([...path, kind], `expected at least two points, found ${count}`);
  if (new Set(placed.map(({ at }) => at)).size < placed.length) report([...path, kind], "two points share a place");
  return { kind, points: placed.toSorted((a, b) => a.at - b.at) };
}

/** What a condition is about, in the words of its first signal. */
function labelOf(when: Record<string, unknown>, signals: readonly Signal[]): string {
  const [first] = Object.keys(when);
  return signals.find(({ name }) => name === first)?.label ?? first ?? "";
}
