import type { Condition } from "../ruleset/field-test.ts";
import type { Card } from "../ruleset/score-rules.ts";

type Value = number | string | boolean;

/**
 * The values of a signal at which its part in a score may turn: the points of its grades, the edges of the adjustments
 * and limits that ask for it (and one beside each, because an edge may be strict), and the words that its grades match;
 * from the best grade that a word gives to the worst the nearest to what is needed comes first, the lowest.
 */
export function turningPoints(card: Card, signal: string, from: Value): Value[] {
  const points = new Set<Value>();
  for (const { signal: name, grade } of card.dimensions.flatMap(({ rules }) => rules)) {
    if (name !== signal) continue;
    if (grade.kind === "match") {
      for (const [word] of [...grade.grades].toSorted((a, b) => a[1] - b[1])) points.add(valueOf(word, from));
    } else {
      for (const { at } of grade.points) addAround(points, at);
    }
  }
  for (const { when } of [...card.adjustments, ...card.limits]) addEdges(points, when, signal);
  if (typeof from === "boolean") points.add(!from);
  points.delete(from);
  return [...points];
}

function valueOf(word: string, from: Value): Value {
  return typeof from === "boolean" ? word === "true" || word === "yes" : word;
}

function addEdges(points: Set<Value>, when: Condition, signal: string): void {
  for (const { field, test } of when) {
    if (field !== signal) continue;
    if ("than" in test) addAround(points, test.than);
    else if (test.kind === "between") for (const edge of [test.from, test.to]) addAround(points, edge);
    else if ("values" in test) for (const value of test.values) points.add(value);
  }
}

/** A step counts from its point up, so going down one must come to just under it. */
function addAround(points: Set<Value>, at: number): void {
  for (const value of [at, at - 1, at + 1]) points.add(value);
}
