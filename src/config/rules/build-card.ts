import type { Language } from "../../scoring/ruleset/ruleset.ts";
import type { Adjustment, Band, Card, Dimension, Limit } from "../../scoring/ruleset/score-rules.ts";
import type { Signal } from "../../scoring/ruleset/signal.ts";
import { labelOfBandName } from "../../scoring/words/words.ts";
import { reservedDimensions } from "../../scoring/ruleset/written-properties.ts";
import { buildCondition } from "./build-condition.ts";
import { buildRule } from "./build-rule.ts";
import { checkBands } from "./check-bands.ts";
import type { ConditionText } from "./condition-text.ts";
import type { Findings, Path } from "./findings.ts";
import { sayName } from "./say-name.ts";
import type { CardText } from "./score-text.ts";

export type CardContext = { signals: readonly Signal[]; language: Language };

/** The parts of a score or a phase that the file names; the others are absent. */
export function buildCard(
  text: { [Part in keyof CardText]?: CardText[Part] | undefined },
  path: Path,
  { signals, language }: CardContext,
  findings: Findings,
): Partial<Card> {
  return {
    ...(text.minimum_coverage === undefined ? {} : { minimumCoverage: text.minimum_coverage }),
    ...(text.dimensions && {
      dimensions: buildDimensions(text.dimensions, [...path, "dimensions"], signals, findings),
    }),
    ...(text.adjustments && {
      adjustments: text.adjustments.map(({ label, points, when }, index): Adjustment => ({
        label: label ?? labelOf(when, signals),
        points,
        when: buildCondition(when, [...path, "adjustments", index, "when"], "signals", findings),
      })),
    }),
    ...(text.limits && {
      limits: text.limits.map((limit, index) => buildLimit(limit, [...path, "limits", index], signals, findings)),
    }),
    ...(text.bands && { bands: buildBands(text.bands, [...path, "bands"], language, findings) }),
  };
}

function buildDimensions(
  text: CardText["dimensions"],
  path: Path,
  signals: readonly Signal[],
  findings: Findings,
): Dimension[] {
  return Object.entries(text).map(([name, { label, weight, rules }]) => {
    const at = [...path, name];
    if (reservedDimensions.some((reserved) => reserved === name)) findings.report(at, "this name is reserved", "key");
    return {
      name,
      label: label ?? sayName(name),
      weight,
      rules: rules.map((rule, index) => buildRule(rule, [...at, "rules", index], signals, findings)),
    };
  });
}

function buildLimit(
  { label, cap, floor, when }: NonNullable<CardText["limits"]>[number],
  path: Path,
  signals: readonly Signal[],
  findings: Findings,
): Limit {
  if ((cap === undefined) === (floor === undefined)) findings.report(path, "expected either cap or floor");
  const at = cap ?? floor ?? 0;
  if (at < 0 || at > 100) findings.report(path, `expected a score from 0 to 100, found ${at}`);
  return {
    label: label ?? labelOf(when, signals),
    kind: cap === undefined ? "floor" : "cap",
    at,
    when: buildCondition(when, [...path, "when"], "signals", findings),
  };
}

function buildBands(text: CardText["bands"], path: Path, language: Language, findings: Findings): Band[] {
  const bands = Object.entries(text).map(([name, { label, below, colour }]) => ({
    name,
    label: label ?? labelOfBandName(name, language) ?? sayName(name),
    below: below ?? null,
    colour,
  }));
  if (findings.isWhole(path)) checkBands(bands, path, findings);
  return bands;
}

/** What a condition is about, in the words of its first signal. */
function labelOf(when: ConditionText, signals: readonly Signal[]): string {
  const [first = ""] = Object.keys(when);
  return signals.find(({ name }) => name === first)?.label ?? sayName(first);
}
