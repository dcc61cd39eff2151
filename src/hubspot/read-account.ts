import { z } from "zod";
import type { Account } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { RecordId } from "./record-id.ts";

// The SDK has no method for it.
const PATH = "/account-info/v3/details";
const Details = z.object({ portalId: RecordId });

export function readAccount(client: Client): Promise<Account> {
  return client.repeat(`GET ${PATH}`, Details, () => client.get(PATH));
}
