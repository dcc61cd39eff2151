import { expect, test } from "@jest/globals";
import { readAppFile } from "../../src/config/read-app-file.ts";
import { neededScopes } from "../../src/pipeline/needed-scopes.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { pipelineRules } from "./pipeline-rules.ts";

const rules = compileRuleset(pipelineRules());
const without = { ...rules, plays: [], sources: new Set([...rules.sources].filter((source) => source !== "tickets")) };

test.each([
  ["tickets", "required"],
  ["crm.objects.contacts.write", "required"],
  ["crm.schemas.contacts.write", "optional"],
] as const)("%s is asked for only by rules that read tickets and have plays", async (name, kind) => {
  const { scopes } = await readAppFile();
  const asks = (ruleset: typeof rules) => neededScopes(scopes, ruleset)[kind].some((scope) => scope.name === name);
  expect([asks(rules), asks(without)]).toEqual([true, false]);
});
