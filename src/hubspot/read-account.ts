import { z } from "zod";
import type { Account, App } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { RecordId } from "./record-id.ts";

// The SDK has no methods for these two.
const DETAILS_PATH = "/account-info/v3/details";
const TOKEN_INFO_PATH = "/oauth/v2/private-apps/get/access-token-info";

const Details = z
  .object({ portalId: RecordId, timeZone: z.string(), companyCurrency: z.string() })
  .transform(({ portalId, timeZone, companyCurrency }): Account => ({ portalId, timeZone, currency: companyCurrency }));
const TokenInfo = z.object({ appId: RecordId, scopes: z.array(z.string()) });

export function readAccount(client: Client): Promise<Account> {
  return client.repeat(`GET ${DETAILS_PATH}`, Details, () => client.send("GET", DETAILS_PATH));
}

/** @see https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview */
export function readApp(client: Client, accessToken: string): Promise<App> {
  return client.repeat(`POST ${TOKEN_INFO_PATH}`, TokenInfo, () =>
    client.send("POST", TOKEN_INFO_PATH, { tokenKey: accessToken }),
  );
}
