import { bandOf } from "../scores/band.ts";
import type { CompiledRuleset } from "../compiled-ruleset.ts";
import { decide, nothingBefore, type Decision, type Prior } from "../decision.ts";
import { createMoment, type Moment } from "../time/moment.ts";
import type { Score } from "../scores/score.ts";
import type { Snapshot } from "../signals/snapshot.ts";
import { standingCard } from "../scores/standing-card.ts";
import type { ExampleCase, Expectation } from "./example-case.ts";

export type CaseResult = {
  case: ExampleCase;
  /** None where all is as expected. */
  failures: CaseFailure[];
  /** What the scores are, for whoever wants to know why. */
  scores: readonly Score[];
};
/** `subject` is `health.score`, `tasks` and the like. */
export type CaseFailure = Pick<Expectation, "place"> & { subject: string; expected: string; found: string };

const DAY_MS = 86_400_000;

/** Decides every example by the rules and compares what comes out with what is expected. */
export function runCases(compiled: CompiledRuleset, cases: readonly ExampleCase[]): CaseResult[] {
  return cases.map((example) => {
    const moment = createMoment(example.instant, compiled.calendar, new Set(example.closedStages));
    const first = decideCase(compiled, example, moment, nothingBefore());
    const prior = example.before && priorOf(compiled, example.before, first, moment);
    const decision = prior ? decideCase(compiled, example, moment, prior) : first;
    const failures = example.expectations.flatMap((expectation) => check(compiled, expectation, decision));
    return { case: example, failures, scores: decision.scores };
  });
}

function decideCase(compiled: CompiledRuleset, { facts }: ExampleCase, moment: Moment, prior: Prior): Decision {
  const owners = { active: new Set<string>(), idByEmail: new Map<string, string>() };
  return decide(compiled, facts, prior, moment, owners, { tasksForCurrent: false, cutPoints: new Map() });
}

/** What a decision the day before would have left, in the phase of today; a score that is not given was as it is. */
function priorOf(
  compiled: CompiledRuleset,
  { scores, signals }: NonNullable<ExampleCase["before"]>,
  today: Decision,
  { instantMs }: Moment,
): Prior {
  const rulesetHash = compiled.ruleset.hash;
  const past = compiled.scorecards.flatMap((card) => {
    const now = today.scores.find(({ name }) => name === card.rules.name);
    if (!now) return [];
    const value = scores.get(now.name) ?? now.value;
    return [{ name: now.name, value, band: bandOf(standingCard(card.rules, now).bands, value), phase: now.phase }];
  });
  const snapshot: Snapshot = new Map([...today.snapshot, ...signals]);
  return {
    ...nothingBefore(),
    scores: new Map(
      past.map(({ name, value, band, phase }) => [
        name,
        { value, band, lastNamedBand: value === null ? null : band, rulesetHash, phase },
      ]),
    ),
    history: new Map(past.map(({ name, ...stood }) => [name, [{ ...stood, at: instantMs - DAY_MS, rulesetHash }]])),
    snapshot,
  };
}

function check(compiled: CompiledRuleset, expectation: Expectation, decision: Decision): CaseFailure[] {
  const { place, kind } = expectation;
  const compare = (subject: string, expected: string, found: string) =>
    expected === found ? [] : [{ place, subject, expected, found }];
  if (kind === "standing") return compare("standing", expectation.standing, decision.standing);
  if (kind === "tasks") {
    const slugs = new Set(decision.tasks.map(({ play }) => play));
    const made = compiled.ruleset.plays.filter(({ slug }) => slugs.has(slug)).map(({ name }) => name);
    return compare("tasks", sayList(expectation.plays.toSorted()), sayList(made.toSorted()));
  }
  const { score: name } = expectation;
  const score = decision.scores.find((candidate) => candidate.name === name);
  const card = compiled.scorecards.find(({ rules }) => rules.name === name);
  if (!score || !card) {
    return [{ place, subject: name, expected: "a score", found: `none: the company is a ${decision.standing}` }];
  }
  switch (kind) {
    case "value":
      return compare(`${name}.score`, sayValue(expectation.value), sayValue(score.value));
    case "band":
      return compare(`${name}.band`, expectation.name, score.band);
    case "phase":
      return compare(`${name}.phase`, expectation.name, score.phase ?? "none");
    case "coverage":
      return compare(`${name}.coverage`, `${expectation.percent} %`, `${Math.round(score.coverage * 100)} %`);
    case "reasons": {
      const reasons = card.reasonsOf(score);
      return expectation.parts
        .filter((part) => !reasons.some((reason) => reason.includes(part)))
        .map((part) => ({ place, subject: `${name}.reasons`, expected: part, found: reasons.join(" | ") || "none" }));
    }
  }
}

function sayValue(value: number | null): string {
  return value === null ? "none" : String(value);
}

function sayList(names: readonly string[]): string {
  return `[${names.join(", ")}]`;
}
