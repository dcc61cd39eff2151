import type { z } from "zod";
import { createCuts, type Cuts } from "./create-cuts.ts";
import { RuleFile } from "./rule-file.ts";

export type Shape = {
  /** What could be read, with what was refused cut out; null where too little is left. */
  file: RuleFile | null;
  issues: readonly z.core.$ZodIssue[];
  cuts: Cuts;
};

const MOST_ROUNDS = 40;
const MOST_CUTS = 500;

/**
 * Reads the shape of a rule file. Where something is refused, it is cut out and the rest is read again, so that what the
 * names of the rest mean can be checked in the same run.
 */
export function readShape(tree: unknown): Shape {
  const cuts = createCuts();
  const whole = RuleFile.safeParse(tree);
  if (whole.success) return { file: whole.data, issues: [], cuts };
  const { issues } = whole.error;
  const isGroup = typeof tree === "object" && tree !== null && !Array.isArray(tree);
  if (!isGroup || issues.length > MOST_CUTS) return { file: null, issues, cuts };

  let refused = issues;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const issue of refused) {
      const { path } = issue;
      const cutWell =
        issue.code === "unrecognized_keys" ? issue.keys.every((key) => cuts.cut([...path, key])) : cuts.cut(path);
      if (!cutWell) return { file: null, issues, cuts };
    }
    const rest = RuleFile.safeParse(cuts.apply(tree));
    if (rest.success) return { file: rest.data, issues, cuts };
    refused = rest.error.issues;
  }
  return { file: null, issues, cuts };
}
