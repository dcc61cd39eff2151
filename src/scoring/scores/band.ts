import type { ScoreRules } from "../ruleset/score-rules.ts";

/** The band of a score: the first whose edge lies above it, strictly; `unknown` where there is no score. */
export function bandOf(bands: ScoreRules["bands"], value: number | null): string {
  if (value === null) return "unknown";
  const band = bands.find(({ below }) => below === null || value < below);
  if (!band) throw new RangeError(`no band holds ${value}: the last band must be without an edge`);
  return band.name;
}
