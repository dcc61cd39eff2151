import { DateTime } from "luxon";
import { explainCompany, type Explanation } from "../pipeline/explain-company.ts";
import type { Ruleset } from "../scoring/ruleset/ruleset.ts";
import { changeLines } from "./explain/change-lines.ts";
import { besideScore, scoreRowsOf } from "./explain/score-lines.ts";
import { wayUpLines } from "./explain/way-up-lines.ts";
import { openForCommand } from "./open-for-command.ts";
import { printTable } from "./print-table.ts";

/**
 * Prints how a company's scores came about and what would bring it up; with `at` (an ISO date: the end of that day), why
 * they are others than they were then. Asks the store alone.
 */
export async function runExplain(companyId: string, { at }: { at?: string }): Promise<void> {
  await openForCommand(
    async (pipeline) => {
      const { ruleset } = pipeline.rules;
      const instant =
        at === undefined ? null : DateTime.fromISO(at, { zone: ruleset.timezone }).endOf("day").toJSDate();
      const explanation = await explainCompany(pipeline, companyId, instant);
      const { companyId: currentId } = explanation.decision;
      if (currentId !== companyId) console.log(`Company ${companyId} was merged into company ${currentId}.`);
      print(explanation, ruleset, at ?? null);
    },
    { needsPortal: false },
  );
}

function print({ decision, waysUp, changes }: Explanation, ruleset: Ruleset, date: string | null): void {
  const { companyId, name: company, scores, tasks } = decision;
  console.log(`${company} (company ${companyId})`);
  if (scores.length === 0) console.log("It is not scored yet: run `health sweep`.");
  for (const { name, band, at, rulesetHash, detail } of scores) {
    const { score } = detail;
    console.log(
      `\n${name}: ${score.value ?? "no score"}, ${band}; ${Math.round(score.coverage * 100)} % of the weight known`,
    );
    console.log(`as of ${at.toISOString()} by rules ${rulesetHash.slice(0, 12)}`);
    if (rulesetHash !== ruleset.hash) console.log("The rules have changed since: run `health sweep`.");
    for (const line of besideScore(score, ruleset)) console.log(line);
    printTable([["", "observed", "grade", "share", "points"], ...scoreRowsOf(score, ruleset)]);
    const wayUp = waysUp.get(name);
    if (wayUp) for (const line of wayUpLines(wayUp, ruleset)) console.log(line);
    const change = changes.get(name);
    if (change) for (const line of changeLines(change.change, change.since, ruleset)) console.log(line);
    else if (date !== null) console.log(`No ${name} of this company stood on ${date}.`);
  }
  if (tasks.length === 0) return;
  console.log("\nTasks");
  printTable(tasks.map(({ key, state, taskId }) => [key, state, taskId ?? ""]));
}
