import { PublicObjectSearchRequest } from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import { HubSpotRefused } from "../pipeline/hubspot-errors.ts";
import type { RecordType } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { pathOf } from "./object-types.ts";
import { toModel } from "./to-model.ts";

const Answer = z.object({ total: z.number() });

/** The total of a search for everything; null where HubSpot will not search this type. */
export async function countRecords(client: Client, type: RecordType): Promise<number | null> {
  const path = pathOf(type);
  const search = toModel(PublicObjectSearchRequest, { filterGroups: [], properties: [], limit: 1 });
  try {
    const { total } = await client.repeat(`POST /crm/v3/objects/${path}/search`, Answer, () =>
      client.searches.doSearch(path, search),
    );
    return total;
  } catch (error) {
    if (error instanceof HubSpotRefused) return null;
    throw error;
  }
}
