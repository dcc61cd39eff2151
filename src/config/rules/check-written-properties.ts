import type { Ruleset } from "../../scoring/ruleset.ts";
import { writtenPropertiesOf } from "../../scoring/written-properties.ts";
import type { NamedProblem, Report } from "./build-ruleset.ts";

/**
 * Checks the names of the properties that a ruleset writes. One that is written and read would make every score depend
 * on the one before.
 */
export function checkWrittenProperties(ruleset: Ruleset, report: Report): void {
  const { prefix, scores } = ruleset;
  for (const { name, property } of scores) {
    if (!property.startsWith(prefix) || !property.endsWith("_score")) {
      const wanted = `expected a name that begins with ${prefix} and ends with _score`;
      report(["scores", name, "property"], `${wanted}, found "${property}"`);
    }
  }
  const owners = new Map<string, string>();
  for (const score of scores) {
    const written = writtenPropertiesOf({ scores: [score] });
    const taken = written.find((property) => owners.has(property));
    if (taken !== undefined) {
      report(["scores", score.name, "property"], `${taken} would be written by ${String(owners.get(taken))} too`);
    }
    for (const property of written) owners.set(property, score.name);
  }
  for (const { property, path, of } of companyReads(ruleset)) {
    if (owners.has(property)) report(path, `${property} is written by this file, so it cannot be read by it`, of);
  }
}

type Read = Omit<Required<NamedProblem>, "message"> & { property: string };

/** The company properties that rules are worked out from, each with its place. */
function companyReads({ customers, signals }: Ruleset): Read[] {
  const conditions = [
    { condition: customers.where, path: ["customers", "where"] },
    { condition: customers.churned ?? [], path: ["customers", "churned", "where"] },
  ];
  return [
    ...conditions.flatMap(({ condition, path }) =>
      condition.map(({ field }): Read => ({ property: field, path: [...path, field], of: "key" })),
    ),
    ...(["value", "renewal"] as const).flatMap((key): Read[] => {
      const property = customers[key];
      return property === null ? [] : [{ property, path: ["customers", key], of: "value" }];
    }),
    ...signals.flatMap((signal): Read[] =>
      "property" in signal
        ? [{ property: signal.property, path: ["signals", signal.name, signal.kind], of: "value" }]
        : [],
    ),
  ];
}
