import { z } from "zod";

const CrmRecord = z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullish()) });
export type CrmRecord = z.output<typeof CrmRecord>;
const CrmList = z.object({ results: z.array(CrmRecord) });
const LinkList = z.object({ results: z.array(z.object({ toObjectId: z.coerce.string() })) });

export type PortalPerson = ReturnType<typeof createPortalPerson>;

/** Somebody at work in the portal, by plain HTTP calls to its API and nothing else. */
export function createPortalPerson(url: string, token: string) {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 200)}`);
    return JSON.parse(text);
  }

  return {
    async create(type: string, properties: Record<string, string>, companyId: string, associationTypeId: number) {
      const association = { associationCategory: "HUBSPOT_DEFINED", associationTypeId };
      const associations = [{ to: { id: companyId }, types: [association] }];
      return CrmRecord.parse(await call("POST", `/crm/v3/objects/${type}`, { properties, associations })).id;
    },
    async change(type: string, id: string, properties: Record<string, string>): Promise<void> {
      await call("PATCH", `/crm/v3/objects/${type}/${id}`, { properties });
    },
    async read(type: string, id: string, properties: readonly string[]): Promise<CrmRecord> {
      return CrmRecord.parse(await call("GET", `/crm/v3/objects/${type}/${id}?properties=${properties.join(",")}`));
    },
    async search(type: string, filters: object[], sort: string, properties: readonly string[]): Promise<CrmRecord[]> {
      const body = { filterGroups: [{ filters }], sorts: [sort], properties, limit: 200 };
      return CrmList.parse(await call("POST", `/crm/v3/objects/${type}/search`, body)).results;
    },
    /** Every task on a company, whoever made it. */
    async tasksOf(companyId: string, properties: readonly string[]): Promise<CrmRecord[]> {
      const links = LinkList.parse(
        await call("GET", `/crm/v4/objects/companies/${companyId}/associations/tasks?limit=500`),
      );
      return Promise.all(links.results.map(({ toObjectId }) => this.read("tasks", toObjectId, properties)));
    },
  };
}
