import { numberOf } from "../fields/field-reader.ts";
import type { Grade, GradePoint } from "../ruleset/score-rules.ts";

export type Grader = (value: number | string | boolean) => number | null;

/**
 * A grade as a function: 0..100, or null where the value is no number, or none of the matched values. A value is matched
 * as it is written, then true and false as `yes` and `no`, then by the options of a multi-select (`a;b`): of those that
 * have a grade the worst counts.
 */
export function compileGrade(grade: Grade): Grader {
  if (grade.kind === "match") return (value) => matched(grade.grades, String(value));
  const place = grade.kind === "line" ? onLine : onSteps;
  return (value) => {
    const number = numberOf(value);
    return number === null ? null : place(grade.points, number);
  };
}

function matched(grades: ReadonlyMap<string, number>, text: string): number | null {
  const exact = grades.get(text);
  if (exact !== undefined) return exact;
  if (text === "true" || text === "false") return grades.get(text === "true" ? "yes" : "no") ?? null;
  const chosen = text.split(";").flatMap((option) => grades.get(option) ?? []);
  return chosen.length > 0 ? Math.min(...chosen) : null;
}

function onLine(points: readonly GradePoint[], value: number): number {
  let before: GradePoint | undefined;
  for (const point of points) {
    if (value <= point.at) {
      if (!before) return point.grade;
      return before.grade + ((point.grade - before.grade) * (value - before.at)) / (point.at - before.at);
    }
    before = point;
  }
  return before?.grade ?? 0;
}

function onSteps(points: readonly GradePoint[], value: number): number {
  let grade = points[0]?.grade ?? 0;
  for (const point of points) if (value >= point.at) grade = point.grade;
  return grade;
}
