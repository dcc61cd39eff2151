import type { CompiledRuleset } from "../compiled-ruleset.ts";
import type { PlayNow } from "./play-now.ts";
import type { Score } from "../scores/score.ts";
import type { ScoreRules } from "../ruleset/score-rules.ts";
import { standingBand } from "../scores/standing-card.ts";
import type { TaskTextVariables } from "../words/task-text.ts";
import { sayObservation } from "../words/words.ts";

/** What the templates of a play's task may name, of a score; `change` is against the value `before`. */
export function taskVariables(
  { ruleset: { language, signals: named }, scorecards }: CompiledRuleset,
  rules: ScoreRules,
  { facts, snapshot }: PlayNow,
  score: Score,
  before: number | null,
): TaskTextVariables {
  const card = scorecards.find((candidate) => candidate.rules.name === rules.name);
  const company: Record<string, string> = { id: facts.companyId };
  for (const [name, value] of Object.entries(facts.company)) company[name] = value ?? "";
  const signals: Record<string, string> = {};
  const units = new Map(named.map(({ name, unit }) => [name, unit]));
  for (const [name, observation] of snapshot) {
    signals[name] = sayObservation(observation, language, units.get(name) ?? null);
  }
  const change = score.value !== null && before !== null ? score.value - before : 0;
  const linesOf = (texts: readonly string[] = []) => texts.map((text) => `- ${text}`).join("\n");
  return {
    company,
    score: String(score.value ?? ""),
    band: standingBand(rules, score)?.label ?? score.band,
    change: change > 0 ? `+${change}` : String(change),
    reasons: linesOf(card?.reasonsOf(score)),
    advice: linesOf(card?.adviceOf(score)),
    pulse: score.pulse?.known ? sayObservation(score.pulse, language, units.get(rules.pulse ?? "") ?? null) : "",
    phase: rules.phases.find(({ name }) => name === score.phase)?.label ?? "",
    signals,
  };
}
