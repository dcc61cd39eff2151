import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import type { Source } from "../scoring/facts.ts";
import { childTypes, type ChildType } from "./store-port.ts";

/** The plural names by which rules and facts call the record types. */
export const sourceOfType: Record<ChildType, Source> = {
  contact: "contacts",
  ticket: "tickets",
  invoice: "invoices",
  deal: "deals",
  subscription: "subscriptions",
  feedback: "feedback",
};

/**
 * The types whose records are mirrored beside the company's: those that the rules name, and contacts always, because
 * other records may belong to a company only through them. Contacts come first.
 */
export function mirroredTypes({ sources }: CompiledRuleset): ChildType[] {
  return childTypes.filter((type) => type === "contact" || sources.has(sourceOfType[type]));
}

/** The types whose records count at every company that they are linked to. */
export function linkedTypes({ linkedSources }: CompiledRuleset): Set<ChildType> {
  return new Set(childTypes.filter((type) => linkedSources.has(sourceOfType[type])));
}
