import { numberOf } from "./field-reader.ts";
import type { Grade, GradePoint } from "./ruleset.ts";

export type Grader = (value: number | string | boolean) => number | null;

/** A grade as a function: 0..100, or null where the value is no number, or none of the matched values. */
export function compileGrade(grade: Grade): Grader {
  if (grade.kind === "match") return (value) => grade.grades.get(String(value)) ?? null;
  const place = grade.kind === "line" ? onLine : onSteps;
  return (value) => {
    const number = numberOf(value);
    return number === null ? null : place(grade.points, number);
  };
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
