import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import { writtenPropertiesOf } from "../../scoring/ruleset/written-properties.ts";
import type { Findings } from "./findings.ts";

/** A customer would look alive because there is a task that says that it is not. */
const movedByTasks: readonly string[] = [
  "hs_last_open_task_date",
  "notes_last_updated",
  "notes_next_activity_date",
  "hs_lastmodifieddate",
  "lastmodifieddate",
];

/**
 * Checks the names of the properties that a ruleset writes. One that is written and read would make every score depend
 * on the one before; so would one that the tasks move.
 */
export function checkWrittenProperties({ prefix, scores }: Ruleset, findings: Findings): void {
  const owners = new Map<string, string>();
  for (const score of scores) {
    const { name, property, percentileBands } = score;
    const path = ["scores", name, "property"];
    if (!property.startsWith(prefix) || !property.endsWith("_score")) {
      const wanted = `expected a name that begins with ${prefix} and ends with _score`;
      findings.report(path, `${wanted}, found ${JSON.stringify(property)}`);
    }
    if (percentileBands && !percentileBands.property.startsWith(prefix)) {
      const found = JSON.stringify(percentileBands.property);
      findings.report(
        ["scores", name, "percentile_bands", "property"],
        `expected a name that begins with ${prefix}, found ${found}`,
      );
    }
    const all = writtenPropertiesOf({ scores: [score] });
    if (percentileBands && all.filter((written) => written === percentileBands.property).length > 1) {
      const at = ["scores", name, "percentile_bands", "property"];
      findings.report(at, `${percentileBands.property} is written by this score already`);
    }
    for (const written of all) {
      const owner = owners.get(written);
      if (owner !== undefined && owner !== name) findings.report(path, `${written} would be written by ${owner} too`);
      owners.set(written, name);
    }
  }
  for (const { source, property, path, of, isEcho } of findings.uses) {
    if (isEcho) continue;
    if (source === "company" && owners.has(property)) {
      findings.report(path, `${property} is written by this file, so it cannot be read by it`, of);
    } else if (source === "company" && property.startsWith(prefix)) {
      const why = `what begins with ${prefix} is written by the program, so it cannot be read`;
      findings.report(path, `${property}: ${why}`, of);
    } else if (movedByTasks.includes(property)) {
      findings.report(path, `${property}: our own tasks move it, so it tells nothing; use notes_last_contacted`, of);
    }
  }
}
