import type { PoolClient } from "pg";
import type { ChildType, CompanyState } from "../pipeline/store-port.ts";
import type { PropertyValues } from "../scoring/facts.ts";
import { loadFacts } from "./load-facts.ts";
import { loadPriors } from "./load-priors.ts";

/** A company with what the store has to compare a decision with. */
export type StoredState = CompanyState & { written: Record<string, string>; digests: Map<string, string> };

type LoadContext = {
  rulesetHash: string;
  unreadable: ReadonlySet<ChildType>;
  linked: ReadonlySet<ChildType>;
  now: Date;
};

type CompanyRow = {
  id: string;
  properties: PropertyValues;
  decided: Record<string, string> | null;
  written: Record<string, string>;
};

/**
 * Loads the complete ones of these companies for a decision and locks their rows, in the order of ids, until the
 * transaction ends. Not so that records of theirs could not be saved meanwhile: those mark the company, and it is decided
 * again.
 */
export async function loadCompanyStates(
  client: PoolClient,
  companyIds: readonly string[],
  { unreadable, linked, ...decided }: LoadContext,
): Promise<StoredState[]> {
  const companies = await client.query<CompanyRow>(
    `SELECT id, properties, decided, written FROM companies WHERE id = ANY ($1) AND is_complete
     ORDER BY id FOR NO KEY UPDATE`,
    [companyIds],
  );
  const factsOf = await loadFacts(client, companyIds, { unreadable, linked });
  const priorOf = await loadPriors(client, companyIds, decided);
  return companies.rows.map(({ id, properties, decided, written }): StoredState => {
    const { prior, digests } = priorOf(id);
    return { facts: factsOf(id, properties), prior: { ...prior, values: decided }, written, digests };
  });
}
