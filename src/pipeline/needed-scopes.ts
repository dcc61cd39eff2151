import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { mirroredTypes } from "./record-sources.ts";
import type { ChildType } from "./store-port.ts";

/** A right that the app asks HubSpot for; `type`: only where the rules read records of it, or have plays for `task`. */
export type AppScope = { name: string; reason: string; type?: ChildType | "task" | undefined };
export type AppScopes = { required: readonly AppScope[]; optional: readonly AppScope[] };

/** The scopes that a ruleset needs, and those that it could do without; a type that it has no use for is not asked for. */
export function neededScopes(scopes: AppScopes, rules: CompiledRuleset): AppScopes {
  const types = new Set<AppScope["type"]>(mirroredTypes(rules));
  if (rules.plays.length > 0) types.add("task");
  const isNeeded = ({ type }: AppScope) => type === undefined || types.has(type);
  return { required: scopes.required.filter(isNeeded), optional: scopes.optional.filter(isNeeded) };
}
