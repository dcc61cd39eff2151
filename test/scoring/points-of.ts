import type { GradePoint } from "../../src/scoring/ruleset/score-rules.ts";

/** Points of a grade from pairs of a place and a grade. */
export function pointsOf(...pairs: [at: number, grade: number][]): GradePoint[] {
  return pairs.map(([at, grade]) => ({ at, grade }));
}
