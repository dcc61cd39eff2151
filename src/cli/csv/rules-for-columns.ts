import type { RulesFile } from "../../config/read-rules-file.ts";
import { RuleProblems } from "../../config/rules/rule-problems.ts";
import type { Condition } from "../../scoring/ruleset/field-test.ts";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import { readPropertiesOf } from "../../scoring/ruleset/read-properties.ts";
import { readSources } from "../../scoring/ruleset/read-sources.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import type { CsvTable } from "./read-csv.ts";

/** More are not listed where one is not found. */
const MOST_COLUMNS = 30;

/**
 * Rules as they apply to a table: without tasks, which need a portal; every row is a customer where the table has none of
 * the columns by which the rules tell customers. Throws `RuleProblems` where a signal names one that is not there.
 */
export function rulesForColumns(
  { ruleset, uses, text }: RulesFile,
  rulesFile: string,
  { file, columns }: Pick<CsvTable, "file" | "columns">,
): Ruleset {
  const known = new Set(columns);
  const { where, churned, since, renewal } = ruleset.customers;
  const present = (condition: Condition) => condition.filter(({ field }) => known.has(field));
  const left = present(churned ?? []);
  const rules: Ruleset = {
    ...ruleset,
    customers: { where: present(where), churned: left.length > 0 ? left : null, since, value: null, renewal },
    scores: ruleset.scores.map((score) => ({
      ...score,
      override:
        score.override && Object.values(score.override).every((name) => known.has(name)) ? score.override : null,
    })),
    plays: [],
  };
  const problems = findMissing(rules, known).map((column) => {
    const use = uses.find(({ source, property }) => source === "company" && property === column);
    const has = `columns: ${columns.slice(0, MOST_COLUMNS).join(", ")}${columns.length > MOST_COLUMNS ? ", ..." : ""}`;
    const message = `${file} has no column ${JSON.stringify(column)}${sayNearest(column, columns) || `; ${has}`}`;
    return { line: 1, column: 1, ...use?.place, message };
  });
  if (problems.length > 0) throw new RuleProblems(rulesFile, problems, text);
  return rules;
}

/** The signals that are read from records, which a table does not have: they are unknown. */
export function signalsOfRecords(ruleset: Ruleset): string[] {
  return ruleset.signals
    .filter((signal) => readSources({ ...ruleset, signals: [signal] }).size > 0)
    .map(({ name }) => name);
}

/** The signals that look back on what a property was, which a table does not tell: they are unknown. */
export function signalsOfPast({ signals }: Ruleset): string[] {
  return signals.filter(({ kind }) => kind === "change" || kind === "trend").map(({ name }) => name);
}

/** The columns that signals are read from, and that there are not. */
function findMissing({ customers, ...rules }: Ruleset, known: ReadonlySet<string>): string[] {
  const { since, renewal } = customers;
  const dates = { where: [], churned: null, since, value: null, renewal };
  const columnsOf = (part: Partial<Ruleset>) =>
    readPropertiesOf({ ...rules, customers: dates, signals: [], scores: [], plays: [], ...part }).company;
  // What is read whatever the signals are is for tasks, but for these two dates.
  const unasked = new Set(columnsOf({ customers: { ...dates, since: null, renewal: null } }));
  const asked = rules.signals.flatMap((signal) => columnsOf({ signals: [signal] }));
  const own = rules.signals.flatMap((signal) => ("property" in signal ? [signal.property] : []));
  return [...new Set(asked)].filter((column) => !known.has(column) && (!unasked.has(column) || own.includes(column)));
}
