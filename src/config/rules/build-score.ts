import type { Language } from "../../scoring/ruleset/ruleset.ts";
import type { Card, PercentileBands, Phase, ScoreRules } from "../../scoring/ruleset/score-rules.ts";
import type { Signal } from "../../scoring/ruleset/signal.ts";
import { buildCard, type CardContext } from "./build-card.ts";
import { buildCondition } from "./build-condition.ts";
import { checkBandsOfPhase } from "./check-bands.ts";
import type { Findings } from "./findings.ts";
import { noteField } from "./read-field.ts";
import { sayFound, sayKnown } from "./say-found.ts";
import { sayName } from "./say-name.ts";
import type { ScoreText } from "./score-text.ts";

const DEFAULT_MINIMUM_COVERAGE = 0.5;

export function buildScore(
  name: string,
  text: ScoreText,
  { signals, language }: { signals: readonly Signal[]; language: Language },
  findings: Findings,
): ScoreRules {
  const path = ["scores", name];
  const context: CardContext = { signals, language };
  const card: Card = {
    minimumCoverage: DEFAULT_MINIMUM_COVERAGE,
    dimensions: [],
    adjustments: [],
    limits: [],
    bands: [],
    ...buildCard(text, path, context, findings),
  };
  const { signals: known } = findings.known;
  if (text.pulse !== undefined && !known.includes(text.pulse)) {
    findings.report([...path, "pulse"], `no signal is called ${sayFound(text.pulse)}${sayKnown(text.pulse, known)}`);
  }
  if (text.override) {
    for (const [part, as] of [
      ["score", "number"],
      ["reason", "any"],
      ["until", "date"],
    ] as const) {
      noteField({ of: "company", field: text.override[part] }, [...path, "override", part], { as }, findings);
    }
  }
  return {
    name,
    label: text.label ?? sayName(name),
    property: text.property,
    ...card,
    pulse: text.pulse ?? null,
    override: text.override ?? null,
    percentileBands: buildPercentileBands(text, [...path, "percentile_bands"], findings),
    phases: buildPhases(text.phases ?? [], [...path, "phases"], card, context, findings),
  };
}

function buildPercentileBands(
  { percentile_bands: text }: ScoreText,
  path: string[],
  findings: Findings,
): PercentileBands | null {
  if (!text) return null;
  const { unhealthy, healthy } = text;
  if (unhealthy <= 0 || healthy >= 100 || unhealthy > healthy) {
    const expected = "expected unhealthy over 0, healthy under 100, and unhealthy not over healthy";
    findings.report(path, `${expected}, found ${unhealthy} and ${healthy}`);
  }
  return text;
}

function buildPhases(
  texts: NonNullable<ScoreText["phases"]>,
  path: string[],
  card: Card,
  context: CardContext,
  findings: Findings,
): Phase[] {
  return texts.map((text, index) => {
    const at = [...path, index];
    const { name, label, when } = text;
    if (texts.findIndex((phase) => phase.name === name) < index) {
      findings.report([...at, "name"], "a phase before has this name");
    }
    const own = buildCard(text, at, context, findings);
    if (own.bands && findings.isWhole([...path.slice(0, -1), "bands"])) {
      checkBandsOfPhase(own.bands, card.bands, [...at, "bands"], findings);
    }
    return {
      name,
      label: label ?? sayName(name),
      when: buildCondition(when, [...at, "when"], "signals", findings),
      ...card,
      ...own,
    };
  });
}
