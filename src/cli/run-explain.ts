import type { StoredDecision } from "../pipeline/store-port.ts";
import type { Language } from "../scoring/ruleset.ts";
import type { Score } from "../scoring/score.ts";
import { sayObservation } from "../scoring/words.ts";
import { openForCommand } from "./open-for-command.ts";
import { printTable } from "./print-table.ts";

/** No company of this id is in the mirror. */
export class UnknownCompany extends Error {
  readonly companyId: string;

  constructor(companyId: string) {
    super(`company ${companyId} is not known: it is no customer by the rules, or no sync has run since it became one`);
    this.name = "UnknownCompany";
    this.companyId = companyId;
  }
}

/** Prints how a company's scores came about; asks the store alone. */
export async function runExplain(companyId: string): Promise<void> {
  await openForCommand(
    async ({ store, rules }) => {
      const decision = await store.decisions.read(companyId);
      if (!decision) throw new UnknownCompany(companyId);
      print(decision, rules.ruleset.language);
    },
    { needsPortal: false },
  );
}

function print({ companyId, name, scores, tasks }: StoredDecision, language: Language): void {
  console.log(`${name} (company ${companyId})`);
  for (const { name: scoreName, band, at, rulesetHash, detail } of scores) {
    const { score } = detail;
    const coverage = `${Math.round(score.coverage * 100)} % of the weight known`;
    console.log(`\n${scoreName}: ${score.value ?? "no score"}, ${band}; ${coverage}`);
    console.log(`as of ${at.toISOString()} by rules ${rulesetHash.slice(0, 12)}`);
    printTable([["", "observed", "grade", "share", "points"], ...linesOf(score, language)]);
  }
  if (tasks.length > 0) {
    console.log("\nTasks");
    printTable(tasks.map(({ key, state, taskId }) => [key, state, taskId ?? ""]));
  }
}

function linesOf(score: Score, language: Language): string[][] {
  const lines = score.dimensions.flatMap(({ name, label, value, share }) => [
    [label, "", value === null ? "unknown" : String(value), percent(share), ""],
    ...score.contributions
      .filter(({ dimension }) => dimension === name)
      .map((rule) => [
        `  ${rule.label}`,
        sayObservation(rule.observation, language),
        rule.grade === null ? "" : rule.grade.toFixed(0),
        percent(rule.share),
        points(rule.points),
      ]),
  ]);
  if (score.value === null) return lines;
  for (const { label, points: given } of score.adjustments) lines.push([label, "", "", "", points(given)]);
  if (score.scale !== 0) lines.push(["The ends of the scale", "", "", "", points(score.scale)]);
  if (score.limit)
    lines.push([
      `${score.limit.label} (${score.limit.kind} ${score.limit.at})`,
      "",
      "",
      "",
      points(score.limit.points),
    ]);
  return [...lines, ["Score", "", "", "", score.value.toFixed(1)]];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function points(number: number): string {
  return `${number > 0 ? "+" : ""}${number.toFixed(1)}`;
}
