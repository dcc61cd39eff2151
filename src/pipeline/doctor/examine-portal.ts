import { HubSpotError, HubSpotRefused, HubSpotUnauthorized, HubSpotUnavailable } from "../hubspot-errors.ts";
import type { Account, DailyUsage, HubSpotPort, Owner, RecordType, TokenDetails } from "../hubspot-port.ts";
import { readDefinitions, type ReadDefinitions } from "../read-definitions.ts";

/** What HubSpot answered to one question, or why it did not. */
export type Asked<Answer> = { answer: Answer } | { trouble: HubSpotError };

export type ExaminedPortal = {
  token: Asked<TokenDetails>;
  /** Null where the token was refused, or HubSpot did not answer to it: then nothing else was asked. */
  rest: {
    account: Asked<Account>;
    usage: Asked<DailyUsage>;
    owners: Asked<Owner[]>;
    definitions: Asked<ReadDefinitions>;
  } | null;
};

/** Asks the portal everything that the checks need. Throws nothing of HubSpot's. */
export async function examinePortal(hubspot: HubSpotPort, types: readonly RecordType[]): Promise<ExaminedPortal> {
  const token = await ask(() => hubspot.readToken());
  if (isRefusal(token) || isAway(token)) return { token, rest: null };
  const account = await ask(() => hubspot.readAccount());
  if ("trouble" in account && account.trouble instanceof HubSpotUnauthorized) return { token: account, rest: null };
  return {
    token,
    rest: {
      account,
      usage: await ask(() => hubspot.readUsage()),
      owners: await ask(() => hubspot.readOwners()),
      definitions: await ask(() => readDefinitions(hubspot, types)),
    },
  };
}

/** Whether HubSpot did not answer at all, or only that it cannot: other questions would fare no better. */
export function isAway(token: Asked<TokenDetails>): boolean {
  return "trouble" in token && token.trouble instanceof HubSpotUnavailable;
}

/** A token that HubSpot does not know is answered 401, or 400 or 404 as a thing that is not there. */
function isRefusal(token: Asked<TokenDetails>): boolean {
  if (!("trouble" in token)) return false;
  return token.trouble instanceof HubSpotUnauthorized || token.trouble instanceof HubSpotRefused;
}

async function ask<Answer>(question: () => Promise<Answer>): Promise<Asked<Answer>> {
  try {
    return { answer: await question() };
  } catch (trouble) {
    if (trouble instanceof HubSpotError) return { trouble };
    throw trouble;
  }
}
