import type { Score } from "../scores/score.ts";

/** Points of a score under what gave or took them; rules count by what they lose, so that all add up to the score less 100. */
export type ScorePart = { key: string; label: string; points: number };

/** What makes a score differ from 100, part by part; none where there is no score. */
export function partsOf({ value, contributions, adjustments, scale, limit, override }: Score): ScorePart[] {
  if (value === null) return [];
  return [
    ...contributions.map(({ dimension, signal, label, lost }) => ({
      key: `rule ${dimension} ${signal}`,
      label,
      points: -lost,
    })),
    ...adjustments.map(({ label, points }) => ({ key: `adjustment ${label}`, label, points })),
    { key: "scale", label: "the ends of the scale", points: scale },
    ...(limit ? [{ key: `limit ${limit.label}`, label: sayLimit(limit), points: limit.points }] : []),
    ...(override ? [{ key: "override", label: override.reason, points: override.points }] : []),
  ];
}

/** A cap that gives points holds a floor that has lifted the score over it. */
function sayLimit({ kind, label, points }: NonNullable<Score["limit"]>): string {
  return kind === "cap" && points > 0 ? `a floor, held by ${label}` : label;
}

/**
 * What moved a score from one value to another, the greatest part in the direction of the move; null where it did not
 * move, or there was no score before or after.
 */
export function greatestMover(before: Score, after: Score): ScorePart | null {
  if (before.value === null || after.value === null || before.value === after.value) return null;
  const direction = Math.sign(after.value - before.value);
  const moved = new Map<string, ScorePart>();
  for (const part of partsOf(before)) moved.set(part.key, { ...part, points: -part.points });
  for (const part of partsOf(after)) {
    const from = moved.get(part.key)?.points ?? 0;
    moved.set(part.key, { ...part, points: from + part.points });
  }
  let greatest: ScorePart | null = null;
  for (const part of moved.values()) {
    if (part.points * direction > (greatest?.points ?? 0) * direction) greatest = part;
  }
  return greatest;
}
