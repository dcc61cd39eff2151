import { reservedBands, type Band } from "../../scoring/ruleset/score-rules.ts";
import type { Findings, Path } from "./findings.ts";

const order = "bands go from the worst up";

/** Checks that bands go up, and that only the last has no edge. */
export function checkBands(bands: readonly Band[], path: Path, findings: Findings): void {
  let edge = 0;
  const isReversed = bands[0]?.below === null && bands.at(-1)?.below !== null;
  for (const [index, band] of bands.entries()) {
    const at = [...path, band.name];
    const isLast = index === bands.length - 1;
    if (reservedBands.some((reserved) => reserved === band.name)) findings.report(at, "this name is reserved", "key");
    if (isLast !== (band.below === null)) {
      const message = isLast
        ? "the last band holds the rest: it takes no below"
        : "every band but the last needs a below";
      findings.report(at, `${message}${isReversed ? `; ${order}` : ""}`);
    } else if (band.below !== null && (band.below <= edge || band.below > 100)) {
      const hint = band.below < edge ? `; ${order}` : "";
      findings.report([...at, "below"], `expected more than ${edge} and at most 100, found ${band.below}${hint}`);
    }
    edge = band.below ?? edge;
  }
}

/** Checks that a phase only moves the edges of the score's bands. */
export function checkBandsOfPhase(
  bands: readonly Band[],
  ofScore: readonly Band[],
  path: Path,
  findings: Findings,
): void {
  const found = bands.map(({ name }) => name).join(", ");
  const expected = ofScore.map(({ name }) => name).join(", ");
  if (found !== expected) {
    findings.report(path, `expected the bands of the score in their order (${expected}), found ${found}`);
  }
}
