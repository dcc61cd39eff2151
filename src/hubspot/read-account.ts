import { z } from "zod";
import type { Account } from "../pipeline/hubspot-port.ts";
import { accountPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { RecordId } from "./record-id.ts";

const Details = z
  .object({ portalId: RecordId, timeZone: z.string(), companyCurrency: z.string() })
  .transform(({ companyCurrency: currency, ...account }): Account => ({ ...account, currency }));

export function readAccount(client: Client): Promise<Account> {
  return client.repeat(`GET ${accountPath}`, Details, () => client.get(accountPath));
}
