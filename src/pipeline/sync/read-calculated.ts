import { mirroredProperties, type MirroredType } from "../mirrored-properties.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { calculatedOf, readDefinitions } from "../read-definitions.ts";
import { mirroredTypes } from "../record-sources.ts";

/**
 * Reads which properties HubSpot works out, where the rules name one that they did not when it was last read, or where
 * `isForced`: nothing tells of a property that was made anew.
 */
export async function readCalculated(
  { hubspot, store, rules }: Pick<PipelineContext, "hubspot" | "store" | "rules">,
  isForced: boolean,
): Promise<void> {
  const types: MirroredType[] = ["company", ...mirroredTypes(rules)];
  const considered = (await store.settings.read("calculated_of")) ?? {};
  const lacking = types.filter(
    (type) => isForced || mirroredProperties(rules, type).some((name) => considered[type]?.includes(name) !== true),
  );
  if (lacking.length === 0) return;
  const read = await readDefinitions(hubspot, lacking);
  const calculated = (await store.settings.read("calculated")) ?? {};
  await store.settings.write("calculated", { ...calculated, ...calculatedOf(read) });
  const named = Object.fromEntries(lacking.map((type) => [type, mirroredProperties(rules, type)]));
  await store.settings.write("calculated_of", { ...considered, ...named });
}
