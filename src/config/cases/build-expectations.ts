import type { z } from "zod";
import type { Expectation } from "../../scoring/analysis/example-case.ts";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import { reservedBands, type ScoreRules } from "../../scoring/ruleset/score-rules.ts";
import type { CaseWriter } from "./build-case.ts";
import { expectedShapes, type ExpectedScore } from "./case-file.ts";
import type { ReportCase } from "./parse-cases.ts";

/** What a case expects, each with its place; names that the rules do not have are reported. */
export function buildExpectations(
  text: Readonly<Record<string, unknown>>,
  { scores, plays }: Ruleset,
  { place, report }: CaseWriter,
): Expectation[] {
  const reportIssues = (path: string[], issues: Issues) => {
    for (const issue of issues) {
      if (issue.code !== "unrecognized_keys") report([...path, ...issue.path], issue.message);
      else for (const key of issue.keys) report([...path, key], `unknown key; allowed: ${issue.message}`, "key");
    }
  };
  return Object.entries(text).flatMap(([key, value]): Expectation[] => {
    const path = ["expect", key];
    const score = scores.find(({ name }) => name === key);
    if (score) {
      const parsed = expectedShapes.score.safeParse(value);
      reportIssues(path, parsed.error?.issues ?? []);
      if (!parsed.data) return [];
      checkNames(parsed.data, score, path, report);
      return expectationsOf(parsed.data, key).map((expectation) => ({
        ...expectation,
        place: place([...path, FIELDS[expectation.kind]]),
      }));
    }
    if (key === "tasks") {
      const parsed = expectedShapes.tasks.safeParse(value);
      reportIssues(path, parsed.error?.issues ?? []);
      for (const [index, name] of (parsed.data ?? []).entries())
        checkName("play", name, namesOf(plays), [...path, index]);
      return parsed.data ? [{ kind: "tasks", plays: parsed.data, place: place(path) }] : [];
    }
    if (key === "standing") {
      const parsed = expectedShapes.standing.safeParse(value);
      reportIssues(path, parsed.error?.issues ?? []);
      return parsed.data ? [{ kind: "standing", standing: parsed.data, place: place(path) }] : [];
    }
    const known = [...namesOf(scores), "tasks", "standing"];
    report(path, `unknown key${sayNearest(key, known)}; allowed: ${known.join(", ")}`, "key");
    return [];
  });

  function checkName(what: string, name: string, known: readonly string[], path: readonly PropertyKey[]): void {
    if (!known.includes(name)) report(path, sayUnknown(what, name, known));
  }
}

type Issues = readonly z.core.$ZodIssue[];
type ScoreExpectation = Extract<Expectation, { score: string }>;
type Unplaced = ScoreExpectation extends infer Kind ? (Kind extends unknown ? Omit<Kind, "place"> : never) : never;

const FIELDS = { value: "score", band: "band", phase: "phase", coverage: "coverage", reasons: "reasons" } as const;

function expectationsOf(text: ExpectedScore, score: string): Unplaced[] {
  const { score: value, band, phase, coverage, reasons } = text;
  return [
    ...(value === undefined ? [] : [{ kind: "value" as const, score, value }]),
    ...(band === undefined ? [] : [{ kind: "band" as const, score, name: band }]),
    ...(phase === undefined ? [] : [{ kind: "phase" as const, score, name: phase }]),
    ...(coverage === undefined ? [] : [{ kind: "coverage" as const, score, percent: Math.round(coverage * 100) }]),
    ...(reasons === undefined ? [] : [{ kind: "reasons" as const, score, parts: reasons }]),
  ];
}

function checkNames({ band, phase }: ExpectedScore, score: ScoreRules, path: string[], report: ReportCase): void {
  const bands = [...namesOf(score.bands), ...reservedBands];
  if (band !== undefined && !bands.includes(band)) report([...path, "band"], sayUnknown("band", band, bands));
  const phases = [...namesOf(score.phases), "none"];
  if (phase !== undefined && !phases.includes(phase)) report([...path, "phase"], sayUnknown("phase", phase, phases));
}

function namesOf(named: readonly { name: string }[]): string[] {
  return named.map(({ name }) => name);
}

function sayUnknown(what: string, name: string, known: readonly string[]): string {
  return `no ${what} is called ${JSON.stringify(name)}${sayNearest(name, known)}; known: ${known.join(", ")}`;
}
