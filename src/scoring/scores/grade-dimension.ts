import { compileGrade, type Grader } from "./grade.ts";
import type { Moment } from "../time/moment.ts";
import type { Dimension, Rule } from "../ruleset/score-rules.ts";
import type { Contribution } from "./score.ts";
import type { Observation, Snapshot } from "../signals/snapshot.ts";

export type GradedDimension = {
  name: string;
  label: string;
  weight: number;
  /** Of the grades that count; null where there is none. */
  mean: number | null;
  /** 0..1: the share of the weight that was known; a held value counts, a fixed grade does not. */
  coverage: number;
  rules: GradedRule[];
};

export type GradedRule = Pick<Contribution, "dimension" | "signal" | "label" | "observation" | "grade" | "assumed"> & {
  shareOfDimension: number;
};

/** A dimension as a function: the weighted mean of its grades, in which what has no grade does not count. */
export function compileDimension(dimension: Dimension): (snapshot: Snapshot, moment: Moment) => GradedDimension {
  const { name, label, weight } = dimension;
  const rules = dimension.rules.map((rule) => ({ ...rule, gradeOf: compileGrade(rule.grade) }));
  const allWeight = rules.reduce((sum, rule) => sum + rule.weight, 0);
  return (snapshot, moment) => {
    let known = 0;
    let counted = 0;
    let total = 0;
    const graded = rules.map((rule) => {
      const observation = snapshot.get(rule.signal) ?? { known: false as const, why: "blank" as const };
      const { grade, assumed } = gradeOf(rule, observation, moment);
      if (grade !== null) {
        counted += rule.weight;
        total += rule.weight * grade;
        if (assumed !== "fixed") known += rule.weight;
      }
      return { rule, observation, grade, assumed };
    });
    return {
      name,
      label,
      weight,
      mean: counted > 0 ? total / counted : null,
      coverage: known / allWeight,
      rules: graded.map(({ rule, observation, grade, assumed }) => ({
        dimension: name,
        signal: rule.signal,
        label: rule.label,
        observation,
        grade,
        assumed,
        shareOfDimension: grade === null ? 0 : rule.weight / counted,
      })),
    };
  };
}

/** A value without a grade is taken for unknown. */
function gradeOf(
  { missing, gradeOf }: Rule & { gradeOf: Grader },
  observation: Observation,
  { today, calendar }: Moment,
): Pick<Contribution, "grade" | "assumed"> {
  const grade = observation.known ? gradeOf(observation.value) : null;
  if (grade !== null) return { grade, assumed: null };
  if (missing.kind === "grade") return { grade: missing.grade, assumed: "fixed" };
  const held = observation.known ? undefined : observation.held;
  if (missing.kind === "exclude" || !held) return { grade: null, assumed: null };
  const missingSince = calendar.dayOfText(held.missingSince);
  const counts = missingSince !== null && missingSince > calendar.daysBefore(today, missing.for);
  const heldGrade = counts ? gradeOf(held.value) : null;
  return { grade: heldGrade, assumed: heldGrade === null ? null : "held" };
}
