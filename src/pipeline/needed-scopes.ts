import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { mirroredTypes } from "./record-sources.ts";
import type { ChildType } from "./store-port.ts";

/** A right that the app asks HubSpot for; `type`: only where the rules read records of it. */
export type AppScope = { name: string; reason: string; type?: ChildType | undefined };
export type AppScopes = { required: readonly AppScope[]; optional: readonly AppScope[] };

/** The scopes that a ruleset needs, and those that it could do without; a type that it does not read is not asked for. */
export function neededScopes(scopes: AppScopes, rules: CompiledRuleset): AppScopes {
  const types = mirroredTypes(rules);
  const isNeeded = ({ type }: AppScope) => type === undefined || types.includes(type);
  return { required: scopes.required.filter(isNeeded), optional: scopes.optional.filter(isNeeded) };
}
