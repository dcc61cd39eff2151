import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import type { Properties } from "./hubspot-port.ts";
import { sourceOfType } from "./record-sources.ts";
import type { ChildType } from "./store-port.ts";

export type MirroredType = "company" | ChildType;

/** The properties that the rules need of a record type. */
export function mirroredProperties({ reads }: CompiledRuleset, type: MirroredType): string[] {
  return reads[type === "company" ? type : sourceOfType[type]];
}

/**
 * Properties without those that HubSpot gives unasked, as `hs_lastmodifieddate`: our own writes move it, and every
 * record would look changed; and without those in `unshown`, which say nothing.
 */
export function pickMirrored(
  rules: CompiledRuleset,
  type: MirroredType,
  properties: Properties,
  unshown: readonly string[] = [],
): Properties {
  const names = mirroredProperties(rules, type).filter((name) => !unshown.includes(name));
  return Object.fromEntries(names.map((name) => [name, properties[name] ?? null]));
}
