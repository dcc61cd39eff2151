import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { mirroredProperties, type MirroredType } from "./mirrored-properties.ts";
import { mirroredTypes } from "./record-sources.ts";
import type { Settings } from "./setting-store-port.ts";
import { childTypes, type ChildType, type StorePort } from "./store-port.ts";

/** What the mirror holds, as `Settings` tells it. */
export type MirrorState = Settings["mirror"];

export async function readMirrorState({ settings }: Pick<StorePort, "settings">): Promise<MirrorState> {
  const nothing = { customers: [], properties: {}, histories: [], watermarks: {}, unreadable: [] };
  return (await settings.read("mirror")) ?? nothing;
}

/** Whether a type must be read as a whole: the rules ask for more than the mirror was filled with. */
export function lacks(state: MirrorState, rules: CompiledRuleset, type: MirroredType): boolean {
  const mirrored = state.properties[type];
  if (!mirrored) return true;
  if (type === "company" && rules.customers.some((customers) => !state.customers.includes(customers))) return true;
  return mirroredProperties(rules, type).some((name) => !mirrored.includes(name));
}

/** The company properties whose past the rules look back on, and the mirror was not filled with. */
export function lackingHistories(state: MirrorState, { reads }: CompiledRuleset): string[] {
  return reads.history.filter((name) => !state.histories.includes(name));
}

/** Whether all that the rules name is mirrored, but for what the token may not read. */
export function isMirrorComplete(state: MirrorState, rules: CompiledRuleset): boolean {
  const unreadable = unreadableOf(state);
  return (
    !lacks(state, rules, "company") &&
    lackingHistories(state, rules).length === 0 &&
    mirroredTypes(rules).every((type) => unreadable.has(type) || !lacks(state, rules, type))
  );
}

/**
 * The state once HubSpot forbids a type. Should it be allowed again, it is read as a whole: what was modified meanwhile
 * was passed over, and the companies that became customers came without it.
 */
export function withoutType(state: MirrorState, type: ChildType): MirrorState {
  const rest = withoutTypes(state, [type]);
  return { ...rest, unreadable: [...rest.unreadable, type] };
}

/** The state once types are mirrored no more. */
export function withoutTypes(state: MirrorState, types: readonly ChildType[]): MirrorState {
  const isLeft = (name: string) => !types.some((type) => type === name);
  const without = <Value>(byType: Record<string, Value>) =>
    Object.fromEntries(Object.entries(byType).filter(([name]) => isLeft(name)));
  return {
    ...state,
    properties: without(state.properties),
    watermarks: without(state.watermarks),
    unreadable: state.unreadable.filter(isLeft),
  };
}

/** The types that the token may not read: nothing is known of them. */
export function unreadableOf(state: MirrorState): Set<ChildType> {
  return new Set(childTypes.filter((type) => state.unreadable.includes(type)));
}
