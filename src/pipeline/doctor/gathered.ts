import type { PersonUse, PropertyUse } from "../../scoring/ruleset/property-use.ts";
import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import type { AppScopes } from "../needed-scopes.ts";
import type { ExaminedPortal } from "./examine-portal.ts";
import type { Reached } from "./reached.ts";

/** All that the checks look at, read before the first of them. Null where it could not be asked for. */
export type Gathered = {
  /** The problem in words, where there is one. */
  environment: string | null;
  rules: ExaminedRules;
  database: DatabaseState | null;
  /** Those of the app, whether this portal's rules need them or not. */
  scopes: AppScopes;
  /** Calls in ten seconds that HubSpot allows the app; null where no answer told. */
  limitPer10s: number | null;
  /** Percent of the day's calls that are left to other apps. */
  dailyReserve: number;
  portal: ExaminedPortal | null;
  /** What HubSpot's address answered to a call without a token, and our clock in the middle of that call. */
  hubspot: { reached: Reached; at: Date } | null;
  /** What PUBLIC_URL answered to a signed webhook without events, and to `/readyz`. */
  webhook: Address | null;
  service: Address | null;
};

export type ExaminedRules = { problem: string } | UsableRules;
export type UsableRules = {
  file: string;
  rules: CompiledRuleset;
  uses: readonly PropertyUse[];
  people: readonly PersonUse[];
};

export type DatabaseState =
  | { problem: string }
  | {
      kind: "embedded" | "given";
      /** Postgres's own, as 18.4. */
      version: string;
      /** Migrations that the next start will make, and those of a later release than this one. */
      pending: string[];
      unknown: string[];
      portalId: string | null;
      /** What is left where the data folder lies; null for a given database. */
      freeBytes: number | null;
    };

export type Address = { url: string; reached: Reached };
