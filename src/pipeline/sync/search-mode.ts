import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import { propertiesOfField } from "../../scoring/fields/derived-fields.ts";
import { mirroredProperties, type MirroredType } from "../mirrored-properties.ts";
import type { PipelineContext } from "../pipeline-context.ts";

/** Of the 3,000 characters that HubSpot takes of a search; the rest is left to its filters. */
const MOST_CHARACTERS = 1_800;

/**
 * How records of a type are searched. `properties` are asked for, `unshown` are those of the rules that no search shows.
 * `byId`: what is found must be read by id, for it cannot be saved, or told from strangers, as the search shows it.
 */
export type SearchMode = { properties: string[]; unshown: string[]; byId: boolean };

export async function readSearchMode(
  { store, rules }: Pick<PipelineContext, "store" | "rules">,
  type: MirroredType,
): Promise<SearchMode> {
  return searchModeOf(rules, type, (await store.settings.read("calculated"))?.[type] ?? []);
}

function searchModeOf(rules: CompiledRuleset, type: MirroredType, calculated: readonly string[]): SearchMode {
  const named = mirroredProperties(rules, type);
  const unshown = named.filter((name) => calculated.includes(name));
  const isLong = JSON.stringify(named).length > MOST_CHARACTERS;
  // The roll-ups of companies are read for all of them every night; those of other records only when these are found.
  const byId = isLong || (type === "company" ? tellsCustomers(rules, unshown) : unshown.length > 0);
  return { properties: byId ? [] : named.filter((name) => !unshown.includes(name)), unshown, byId };
}

function tellsCustomers({ customerTests }: CompiledRuleset, properties: readonly string[]): boolean {
  const tests = customerTests.flatMap(({ where, churned }) => [...where, ...(churned ?? [])]);
  return tests.some(({ field }) => propertiesOfField("company", field).some((name) => properties.includes(name)));
}
