import { z } from "zod";
import type { Owner } from "../pipeline/hubspot-port.ts";
import { ownersPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";

const PAGE_SIZE = 100;
const OwnerRow = z.object({
  id: z.string(),
  email: z.string().catch(""),
  firstName: z.string().catch(""),
  lastName: z.string().catch(""),
});
const Answer = z.object({
  results: z.array(OwnerRow),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

/** Every owner, archived ones too unless `only` active ones; one without a name goes by the e-mail address. */
export async function readOwners(client: Client, only?: "active"): Promise<Owner[]> {
  const active = await readAll(client, false);
  return only === "active" ? active : [...active, ...(await readAll(client, true))];
}

async function readAll(client: Client, archived: boolean): Promise<Owner[]> {
  const owners: Owner[] = [];
  let after: string | undefined;
  do {
    const page = await client.repeat(`GET ${ownersPath}`, Answer, () =>
      client.owners.getPage(undefined, after, PAGE_SIZE, archived),
    );
    for (const { id, email, firstName, lastName } of page.results) {
      const name = `${firstName} ${lastName}`.trim();
      owners.push({ id, email, name: name === "" ? email : name, archived });
    }
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return owners;
}
