import { scoreCustomer, type ScoredCustomer } from "../../scoring/analysis/score-customer.ts";
import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import type { Facts, PropertyValues } from "../../scoring/facts.ts";
import { createMoment } from "../../scoring/time/moment.ts";
import { readCell } from "./read-cell.ts";
import type { CsvTable } from "./read-csv.ts";

/** A row's key, the first of its cells, and what the rules make of it. */
export type ScoredRow = { key: string; customer: ScoredCustomer };

/** Scores the rows of a table, each a company whose properties are its columns. */
export async function* scoreRows(table: CsvTable, rules: CompiledRuleset, instant: Date): AsyncGenerator<ScoredRow> {
  const moment = createMoment(instant, rules.calendar, new Set());
  for await (const cells of table.rows) {
    const key = cells[0] ?? "";
    const values = table.columns.map((name, index) => [name, readCell(cells[index] ?? "", table.delimiter)]);
    const company = Object.fromEntries(values) as PropertyValues;
    yield { key, customer: scoreCustomer(rules, factsOf(key, company), moment, null) };
  }
}

/** The columns that are written: the key's, and those of each score. */
export function scoreColumns(keyColumn: string, { scorecards }: CompiledRuleset): string[] {
  const ofScores = scorecards.flatMap(({ rules: { name, phases } }) => [
    name,
    `${name}_band`,
    `${name}_coverage`,
    `${name}_reasons`,
    ...(phases.length > 0 ? [`${name}_phase`] : []),
  ]);
  return [keyColumn, ...ofScores];
}

/** The cells of a row in those columns; blank but for the key where the row is no customer. */
export function scoreCells({ key, customer }: ScoredRow, { scorecards }: CompiledRuleset): string[] {
  const ofScores = scorecards.flatMap((card) => {
    const { phases, name } = card.rules;
    const score = customer.scores.get(name);
    const cells = score
      ? [
          String(score.value ?? ""),
          score.band,
          customer.standing === "customer" ? `${Math.round(score.coverage * 100)}%` : "",
          card.reasonsOf(score).join(" | "),
        ]
      : ["", "", "", ""];
    return phases.length > 0 ? [...cells, score?.phase ?? ""] : cells;
  });
  return [key, ...ofScores];
}

function factsOf(key: string, company: PropertyValues): Facts {
  // A table tells nothing of records, which is not the same as there being none.
  const records = { contacts: null, tickets: null, invoices: null, deals: null, subscriptions: null, feedback: null };
  return { companyId: key, company, linked: {}, history: {}, ...records };
}
