import { stringify } from "csv-stringify";
import { pipeline } from "node:stream/promises";
import { compileRuleset } from "../scoring/compiled-ruleset.ts";
import { readRulesFile } from "../config/read-rules-file.ts";
import { createScoreReport } from "./csv/score-report.ts";
import { readCsv } from "./csv/read-csv.ts";
import { rulesForColumns, signalsOfPast, signalsOfRecords } from "./csv/rules-for-columns.ts";
import { scoreCells, scoreColumns, scoreRows } from "./csv/score-rows.ts";
import { createUngradedValues } from "./csv/ungraded-values.ts";
import { writeWhole } from "./csv/write-whole.ts";

export type ScoreCsvArguments = { csv: string; rules: string; out?: string; report?: true; today?: string };

/**
 * Scores the rows of a CSV file by a rule file; needs no portal, no database and no environment. The scores go to a
 * file, which is written wholly or not at all, or to stdout; all else is said on stderr then.
 */
export async function runScoreCsv(given: ScoreCsvArguments): Promise<void> {
  const file = await readRulesFile(given.rules, "argument", { propertyNames: "any" });
  const table = await readCsv(given.csv);
  const rules = compileRuleset(rulesForColumns(file, given.rules, table));
  const instant = given.today === undefined ? new Date() : new Date(`${given.today}T12:00:00Z`);
  const say = given.out === undefined ? console.error : console.log;
  const unknown = signalsOfRecords(rules.ruleset);
  if (unknown.length > 0) {
    console.error(`A table holds no records, so these signals are unknown: ${unknown.join(", ")}`);
  }
  const past = signalsOfPast(rules.ruleset);
  if (past.length > 0) {
    console.error(`A table holds no past values, so these signals are unknown: ${past.join(", ")}`);
  }

  const report = createScoreReport(rules);
  const ungraded = createUngradedValues();
  async function* cells(): AsyncGenerator<string[]> {
    yield scoreColumns(table.columns[0] ?? "", rules);
    for await (const row of scoreRows(table, rules, instant)) {
      report.add(row);
      ungraded.add(row);
      yield scoreCells(row, rules);
    }
  }
  const text = stringify({ delimiter: table.delimiter, bom: table.hasBom });
  if (given.out === undefined) await pipeline(cells, text, process.stdout, { end: false });
  else await writeWhole(given.out, (destination) => pipeline(cells, text, destination));
  for (const line of ungraded.lines()) console.error(line);
  if (given.report) for (const line of report.lines()) say(line);
  if (given.out !== undefined) console.log(`Scores written to ${given.out}`);
}
