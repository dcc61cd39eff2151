import { z } from "zod";
import type { TokenDetails } from "../pipeline/hubspot-port.ts";
import { tokenPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { RecordId } from "./record-id.ts";

const Info = z
  .object({ hubId: RecordId, appId: RecordId, scopes: z.array(z.string()) })
  .transform(({ hubId: portalId, ...app }): TokenDetails => ({ portalId, ...app }));

/** Asks HubSpot about the token that the client carries; tokens of the European data centre want the header as well. */
export function readToken(client: Client, accessToken: string): Promise<TokenDetails> {
  return client.repeat(`POST ${tokenPath}`, Info, () => client.post(tokenPath, { tokenKey: accessToken }));
}
