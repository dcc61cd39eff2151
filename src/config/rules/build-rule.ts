import { compileAdviceText, compileReasonText } from "../../scoring/words/reason-text.ts";
import type { Grade, Missing, Rule } from "../../scoring/ruleset/score-rules.ts";
import type { Signal } from "../../scoring/ruleset/signal.ts";
import { readTemplate } from "./check-template.ts";
import type { Findings, Path } from "./findings.ts";
import { numberIn } from "./scalars.ts";
import { sayFound, sayKnown, sayNames } from "./say-found.ts";
import { sayName } from "./say-name.ts";
import type { MissingText, RuleText } from "./score-text.ts";
import { meaningOf, propertyBehind } from "./signal-meaning.ts";

const NEUTRAL_GRADE = 50;
const truths = ["yes", "no", "true", "false"];

export function buildRule(text: RuleText, path: Path, signals: readonly Signal[], findings: Findings): Rule {
  const signal = signals.find(({ name }) => name === text.signal);
  const { signals: known } = findings.known;
  if (!known.includes(text.signal)) {
    findings.report([...path, "signal"], `no signal is called ${sayFound(text.signal)}${sayKnown(text.signal, known)}`);
  }
  const { reason = null, advice = null } = text;
  if (reason !== null) readTemplate(reason, [...path, "reason"], compileReasonText, findings);
  if (advice !== null) readTemplate(advice, [...path, "advice"], compileAdviceText, findings);
  const grade = buildGrade(text.grade, [...path, "grade"], findings);
  checkGraded(text.signal, grade, [...path, "grade", grade.kind], findings);
  return {
    signal: text.signal,
    label: text.label ?? signal?.label ?? sayName(text.signal),
    weight: text.weight ?? 1,
    grade,
    missing: buildMissing(text.missing, [...path, "missing"], findings),
    reason,
    advice,
  };
}

/** Checks a grade against what the signal's values are, and notes what its property is graded as. */
function checkGraded(signal: string, grade: Grade, path: Path, findings: Findings): void {
  const keys = grade.kind === "match" ? [...grade.grades.keys()] : [];
  const meaning = meaningOf(signal, findings);
  if (meaning === "truth" && grade.kind !== "match") {
    findings.report(path, `${signal} is yes or no; use match: { yes: .., no: .. }`, "key");
  }
  for (const key of keys) {
    if (meaning === "truth" && !truths.includes(key)) {
      findings.report([...path, key], `${signal} is yes or no; expected yes or no, found ${sayFound(key)}`, "key");
    } else if (meaning === "number" && numberIn(key) === undefined) {
      findings.report([...path, key], `${signal} is a number; use line or steps, found ${sayFound(key)}`, "key");
    }
  }
  const behind = propertyBehind(signal, findings);
  if (!behind) return;
  const use = { ...behind, path, of: "key", isEcho: true } as const;
  if (grade.kind !== "match") {
    findings.use({ ...use, as: "number" });
    return;
  }
  const values = keys.map((text) => ({ text, path: [...path, text], of: "key" as const }));
  findings.use({ ...use, as: "choice", values, exhaustive: true });
}

function buildMissing(text: MissingText | undefined, path: Path, findings: Findings): Missing {
  if (text === undefined || text === "exclude") return { kind: "exclude" };
  if (text === "neutral") return { kind: "grade", grade: NEUTRAL_GRADE };
  const { grade, hold } = text;
  if ((grade === undefined) === (hold === undefined)) findings.report(path, "expected either grade or hold");
  return hold ? { kind: "hold", for: hold } : { kind: "grade", grade: grade ?? NEUTRAL_GRADE };
}

function buildGrade(text: RuleText["grade"], path: Path, findings: Findings): Grade {
  const kinds = (["line", "steps", "match"] as const).filter((kind) => text[kind] !== undefined);
  const [kind] = kinds;
  const points = kind && text[kind];
  if (!kind || !points || kinds.length > 1) {
    findings.report(path, `expected exactly one of line, steps, match, found ${sayNames(kinds)}`);
    return { kind: "match", grades: new Map() };
  }
  if (kind === "match") return { kind, grades: new Map(Object.entries(points)) };

  const placed = Object.entries(points).flatMap(([at, grade]) => {
    const number = numberIn(at);
    if (number !== undefined) return [{ at: number, grade }];
    findings.report([...path, kind, at], `expected a number to grade, found ${sayFound(at)}`, "key");
    return [];
  });
  const count = Object.keys(points).length;
  if (count < 2) findings.report([...path, kind], `expected at least two points, found ${count}`);
  if (new Set(placed.map(({ at }) => at)).size < placed.length)
    findings.report([...path, kind], "two points share a place");
  return { kind, points: placed.toSorted((a, b) => a.at - b.at) };
}
