import { z } from "zod";
import type { ListedRecord, ListPage, ListRequest, RecordType } from "../pipeline/hubspot-port.ts";
import { objectsPath } from "./api-paths.ts";
import { askedProperties } from "./asked-properties.ts";
import type { Client } from "./create-client.ts";
import { nameOf, pathOf } from "./object-types.ts";
import { readLinks } from "./read-links.ts";
import { RecordId } from "./record-id.ts";
import { RecordRow } from "./record-row.ts";

type Link = ListedRecord["links"][number];

const PAGE_SIZE = 100;
const Paging = z.object({ next: z.object({ after: z.string() }).optional() }).optional();
const Inline = z.object({ results: z.array(z.object({ id: RecordId, type: z.string() })), paging: Paging });
type Inline = z.infer<typeof Inline>;
const Answer = z.object({
  results: z.array(z.intersection(RecordRow, z.object({ associations: z.record(z.string(), Inline).default({}) }))),
  paging: Paging,
});

/** One page of 100 records with their links; for a record with more links than a page shows, the rest is read. */
export async function listRecords(client: Client, request: ListRequest): Promise<ListPage> {
  const { type, properties, linksTo, after } = request;
  const path = pathOf(type);
  const toPaths = linksTo.map(pathOf);
  const { results, paging } = await client.repeat(`GET ${objectsPath(path)}`, Answer, () =>
    client.pages.getPage(path, PAGE_SIZE, after, askedProperties(type, properties), undefined, toPaths, false),
  );

  const records = results.map(({ id, properties, modifiedAt, mergedIds }): ListedRecord => ({
    id,
    properties,
    modifiedAt,
    mergedIds,
    links: [],
  }));
  for (const toType of linksTo) {
    const inlineOf = (index: number) => results[index]?.associations[pathOf(toType)];
    const cutIds = records.filter((_, index) => inlineOf(index)?.paging?.next !== undefined).map(({ id }) => id);
    const whole = await readLinks(client, type, toType, cutIds);
    records.forEach(({ id, links }, index) => {
      const linked = whole.get(id)?.map((link) => ({ toType, ...link }));
      links.push(...(linked ?? toLinks(type, toType, inlineOf(index))));
    });
  }
  return { records, ...(paging?.next === undefined ? {} : { after: paging.next.after }) };
}

/**
 * A link to the primary company is listed twice, as `contact_to_company` and as `contact_to_company_unlabeled`; one to
 * another company under the second name only. Pairs that know no primary have but the first name, and so only both
 * names together tell a primary.
 */
function toLinks(from: RecordType, toType: RecordType, inline: Inline | undefined): Link[] {
  const namesById = new Map<string, string[]>();
  for (const { id, type } of inline?.results ?? []) namesById.set(id, [...(namesById.get(id) ?? []), type]);
  const name = `${nameOf(from)}_to_${nameOf(toType)}`;
  return [...namesById].map(([toId, names]) => ({
    toType,
    toId,
    primary: names.includes(name) && names.includes(`${name}_unlabeled`),
  }));
}
