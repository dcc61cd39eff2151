import type { Language } from "../scoring/ruleset/ruleset.ts";
import { placements, reservedBands, type ScoreRules } from "../scoring/ruleset/score-rules.ts";
import { labelOfBandName } from "../scoring/words/words.ts";
import { scorePropertiesOf } from "../scoring/ruleset/written-properties.ts";
import type { NewProperty } from "./hubspot-port.ts";
import { propertyWords } from "./property-words.ts";

/** The company properties that a score is written to, in the language of the rules. */
export function defineProperties(rules: ScoreRules, language: Language, groupName: string): NewProperty[] {
  const names = scorePropertiesOf(rules);
  const words = propertyWords[language];
  const say = ({ label, description }: { label: string; description: string }) => ({
    label: `${rules.label}: ${label}`,
    description,
    groupName,
  });
  const asOption = (name: string) => ({ value: name, label: labelOfBandName(name, language) ?? name });
  const number = { type: "number", fieldType: "number" } as const;
  const choice = { type: "enumeration", fieldType: "select" } as const;
  const bands = [...rules.bands.map(({ name, label }) => ({ value: name, label })), ...reservedBands.map(asOption)];
  const phases = rules.phases.map(({ name, label }) => ({ value: name, label }));

  const defined: NewProperty[] = [
    { name: names.value, ...say(words.score), ...number },
    { name: names.band, ...say(words.band), ...choice, options: bands },
    { name: names.coverage, ...say(words.coverage), ...number },
    { name: names.reasons, ...say(words.reasons), type: "string", fieldType: "textarea" },
    { name: names.change, ...say(words.change), ...number },
    { name: names.scoredAt, ...say(words.scoredAt), type: "datetime", fieldType: "date" },
  ];
  if (names.phase !== null) defined.push({ name: names.phase, ...say(words.phase), ...choice, options: phases });
  if (names.quartile !== null) {
    defined.push({ name: names.quartile, ...say(words.quartile), ...choice, options: placements.map(asOption) });
  }
  const dimensions = names.dimensions.map(({ label, property }): NewProperty => ({
    name: property,
    ...say({ label, description: words.dimension }),
    ...number,
  }));
  return [...defined, ...dimensions];
}
