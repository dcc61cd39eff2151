import type { ChangePart, ScoreChange } from "../../scoring/analysis/explain-change.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import { sayObservation } from "../../scoring/words/words.ts";
import { formatTable } from "../format-table.ts";

const causes: Readonly<Record<ChangePart["cause"], string>> = {
  rules: "New rules",
  data: "Data that came or went",
  behaviour: "What the customer did",
  time: "Time that passed",
  override: "What a person set",
};

/** Why a score is another than it was, cause by cause; the points sum to the difference. */
export function changeLines({ from, to, parts, signals }: ScoreChange, since: Date, ruleset: Ruleset): string[] {
  const rows = parts.map((part) => [causes[part.cause], sayPoints(part)]);
  const total = from === null || to === null ? `${sayScore(from)} -> ${sayScore(to)}` : signed(to - from);
  const named = new Map(ruleset.signals.map((signal) => [signal.name, signal]));
  const changed = signals.map((change) => {
    const signal = named.get(change.name);
    const say = (observation: typeof change.from) =>
      sayObservation(observation, ruleset.language, signal?.unit ?? null);
    return [signal?.label ?? change.name, say(change.from), "->", say(change.to)];
  });
  return [
    `Since ${since.toISOString()}: ${sayScore(from)} -> ${sayScore(to)}`,
    ...formatTable([...rows, ["Change", total]], "lr"),
    ...(changed.length > 0 ? ["Signals that changed", ...formatTable(changed, "lrll")] : []),
  ];
}

function sayPoints({ points, from, to }: ChangePart): string {
  return points === null ? `${sayScore(from)} -> ${sayScore(to)}` : signed(points);
}

function sayScore(value: number | null): string {
  return value === null ? "no score" : String(value);
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points);
}
