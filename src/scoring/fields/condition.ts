import { compileComparison } from "./comparison.ts";
import type { PropertyValues, Source } from "../facts.ts";
import { compileField } from "./field-reader.ts";
import type { Condition } from "../ruleset/field-test.ts";
import type { Moment } from "../time/moment.ts";
import type { Snapshot } from "../signals/snapshot.ts";

export type RecordCondition = (record: PropertyValues, moment: Moment) => boolean;
export type SnapshotCondition = (snapshot: Snapshot, moment: Moment) => boolean;

/** Whether a record of a source passes every test; no test at all is passed. */
export function compileRecordCondition(source: Source | "company", condition: Condition): RecordCondition {
  const tests = condition.map(({ field, test }) => ({
    read: compileField(source, field),
    passes: compileComparison(test),
  }));
  return (record, moment) => tests.every(({ read, passes }) => passes(read(record, moment), moment));
}

/** Whether a snapshot passes every test, whose fields are names of signals and built-ins. */
export function compileSnapshotCondition(condition: Condition): SnapshotCondition {
  const tests = condition.map(({ field, test }) => ({ signal: field, passes: compileComparison(test) }));
  return (snapshot, moment) =>
    tests.every(({ signal, passes }) => {
      const observation = snapshot.get(signal);
      return passes(observation?.known ? observation.value : null, moment);
    });
}
