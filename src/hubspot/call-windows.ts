import type { CallWindow } from "../pipeline/call-budget-port.ts";
import { isAssociationsPath, isSearchPath } from "./api-paths.ts";

/**
 * The windows that HubSpot counts a call in, in the order in which turns are taken: always the same one, so that no two
 * calls wait for what the other holds.
 */
export function callWindowsOf(path: string): readonly CallWindow[] {
  if (isSearchPath(path)) return ["search"];
  return isAssociationsPath(path) ? ["association", "general"] : ["general"];
}

/** HubSpot allows five searches a second to all apps of the portal together; three are left to the others. */
const SEARCHES_PER_SECOND = 2;
/** Of the limit per ten seconds: 100 for 100, 150 for 190, 200 for 250. */
const ASSOCIATIONS_BY_LIMIT = [
  { upTo: 100, share: 1 },
  { upTo: 190, share: 150 / 190 },
  { upTo: Infinity, share: 200 / 250 },
] as const;

/** How many turns a window has where the portal's limit per ten seconds is this. */
export function sizeOfWindow(window: CallWindow, limitPer10s: number): number {
  if (window === "search") return SEARCHES_PER_SECOND;
  if (window === "general") return limitPer10s;
  const share = ASSOCIATIONS_BY_LIMIT.find(({ upTo }) => limitPer10s <= upTo)?.share ?? 1;
  return Math.max(1, Math.floor(limitPer10s * share));
}
