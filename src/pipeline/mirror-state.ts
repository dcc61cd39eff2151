import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { mirroredProperties, type MirroredType } from "./mirrored-properties.ts";
import { childTypes, type ChildType, type Settings, type StorePort } from "./store-port.ts";

/** What the mirror holds, as `Settings` tells it. */
export type MirrorState = Settings["mirror"];

export async function readMirrorState({ settings }: Pick<StorePort, "settings">): Promise<MirrorState> {
  return (await settings.read("mirror")) ?? { customers: "", properties: {}, watermarks: {}, unreadable: [] };
}

/** Whom the rules call customers, as a text that is the same for the same answer. */
export function customersOf({ ruleset }: CompiledRuleset): string {
  const { where, churned } = ruleset.customers;
  return JSON.stringify({ where, churned });
}

/** Whether a type must be read as a whole: the rules ask for more than the mirror was filled with. */
export function lacks(state: MirrorState, rules: CompiledRuleset, type: MirroredType): boolean {
  const mirrored = state.properties[type];
  if (!mirrored || (type === "company" && state.customers !== customersOf(rules))) return true;
  return mirroredProperties(rules)[type].some((name) => !mirrored.includes(name));
}

/** Whether all that the rules name is mirrored, but for what the token may not read. */
export function isMirrorComplete(state: MirrorState, rules: CompiledRuleset): boolean {
  const unreadable = unreadableOf(state);
  return (
    !lacks(state, rules, "company") && childTypes.every((type) => unreadable.has(type) || !lacks(state, rules, type))
  );
}

/**
 * The state once HubSpot forbids a type. Should it be allowed again, it is read as a whole: what was modified meanwhile
 * was passed over, and the companies that became customers came without it.
 */
export function withoutType(state: MirrorState, type: ChildType): MirrorState {
  const without = <Value>(byType: Record<string, Value>) =>
    Object.fromEntries(Object.entries(byType).filter(([name]) => name !== type));
  return {
    ...state,
    properties: without(state.properties),
    watermarks: without(state.watermarks),
    unreadable: [...state.unreadable.filter((name) => name !== type), type],
  };
}

/** The types that the token may not read: nothing is known of them. */
export function unreadableOf(state: MirrorState): Set<ChildType> {
  return new Set(childTypes.filter((type) => state.unreadable.includes(type)));
}
