import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import type { HubSpotPort, RecordType } from "./hubspot-port.ts";
import type { Log } from "./log.ts";
import type { PortalKnowledge } from "./portal-knowledge.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import type { StorePort } from "./store-port.ts";

/** What every use case is given. `now` is the only clock. */
export type PipelineContext = {
  hubspot: HubSpotPort;
  store: StorePort;
  /** By these one piece of work is done from its beginning to its end, whatever comes into force meanwhile. */
  rules: CompiledRuleset;
  rulesInForce: RulesInForce;
  portal: PortalKnowledge;
  log: Log;
  now: () => Date;
};

/** One HubSpot record; as a key of work it is written `ticket:123`. */
export type RecordRef = { type: RecordType; id: string };

export function refreshKey({ type, id }: RecordRef): string {
  return `${type}:${id}`;
}

export function parseRefreshKey(key: string): RecordRef {
  const colon = key.indexOf(":");
  return { type: key.slice(0, colon) as RecordType, id: key.slice(colon + 1) };
}
