import { PublicObjectSearchRequest } from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import { HubSpotRefused } from "../pipeline/hubspot-errors.ts";
import type { RecordCount, RecordType, SearchFilters } from "../pipeline/hubspot-port.ts";
import { objectsPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { modifiedPropertyOf, pathOf } from "./object-types.ts";
import { RecordRow } from "./record-row.ts";
import { searchFilters } from "./search-filters.ts";
import { toModel } from "./to-model.ts";

const Answer = z.object({ total: z.number(), results: z.array(RecordRow) });

/** The total of a search, the one modified last in front; null where HubSpot will not search this type. */
export async function countRecords(
  client: Client,
  type: RecordType,
  filters: SearchFilters,
): Promise<RecordCount | null> {
  const path = pathOf(type);
  const modified = modifiedPropertyOf(type);
  const search = toModel(PublicObjectSearchRequest, {
    filterGroups: searchFilters(filters, []),
    sorts: [`-${modified}`],
    properties: [modified],
    limit: 1,
  });
  try {
    const { total, results } = await client.repeat(`POST ${objectsPath(path, "search")}`, Answer, () =>
      client.searches.doSearch(path, search),
    );
    const [last] = results;
    const shown = last?.properties[modified];
    return { total, latest: shown == null ? (last?.modifiedAt ?? null) : new Date(shown) };
  } catch (error) {
    if (error instanceof HubSpotRefused) return null;
    throw error;
  }
}
