import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { readPropertiesOf } from "../scoring/read-properties.ts";
import type { Properties } from "./hubspot-port.ts";
import type { ChildType } from "./store-port.ts";

export type MirroredType = "company" | ChildType;

/** The properties that the rules need of each record type. */
export function mirroredProperties({ ruleset }: CompiledRuleset): Record<MirroredType, string[]> {
  const { company, contacts, tickets, invoices } = readPropertiesOf(ruleset);
  return { company, contact: contacts, ticket: tickets, invoice: invoices };
}

/**
 * Properties without those that HubSpot gives unasked, as `hs_lastmodifieddate`: our own writes move it, and every
 * record would look changed.
 */
export function pickMirrored(rules: CompiledRuleset, type: MirroredType, properties: Properties): Properties {
  return Object.fromEntries(mirroredProperties(rules)[type].map((name) => [name, properties[name] ?? null]));
}
