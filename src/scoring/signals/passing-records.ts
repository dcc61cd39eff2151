import { compileRecordCondition } from "../fields/condition.ts";
import type { Facts, PropertyValues, Source } from "../facts.ts";
import type { Condition } from "../ruleset/field-test.ts";
import type { Moment } from "../time/moment.ts";

/** Which records of a company a signal is taken from. */
export type RecordsOf = { of: Source; links: "primary" | "all"; where: Condition };
export type PassingRecords = (facts: Facts, moment: Moment) => readonly PropertyValues[] | null;

/** The records of a source that pass, with `links: all` those that belong to other companies too; null: unreadable. */
export function compilePassingRecords({ of, links, where }: RecordsOf): PassingRecords {
  const passes = compileRecordCondition(of, where);
  return (facts, moment) => {
    const own = facts[of];
    if (!own) return null;
    const records = links === "all" ? [...own, ...(facts.linked[of] ?? [])] : own;
    return records.filter((record) => passes(record, moment));
  };
}
