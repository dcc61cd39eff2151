import { z } from "zod";
import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";

/** An integration as most are written: nothing is kept, each record is read for itself, each score is written for itself. */
export type NaiveIntegration = {
  scoreAll(): Promise<void>;
  scoreCustomers(): Promise<void>;
  /** What the portal shows as modified since then, and the companies that it belongs to. */
  scoreModified(since: Date): Promise<void>;
  /** For each event the ticket and its company are read and the company is written: what is kindest to it. */
  onTicketEvents(ticketIds: readonly string[]): Promise<void>;
};

const AT_ONCE = 20;
const PAGE = 100;
const CHILDREN = ["contacts", "tickets", "invoices"];
const MODIFIED: Record<string, string> = { contacts: "lastmodifieddate" };

const Page = z.object({
  results: z.array(z.object({ id: z.string() })),
  paging: z.object({ next: z.object({ after: z.string() }) }).optional(),
});
const Read = z.object({
  associations: z.record(z.string(), z.object({ results: z.array(z.object({ id: z.string() })) })).optional(),
});

export function createNaiveIntegration({ url, appToken }: Pick<Sandbox, "url" | "appToken">): NaiveIntegration {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${appToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // Searches have a limit of their own, which cannot be lifted.
    if (response.status === 429) {
      await response.arrayBuffer();
      return call(method, path, body);
    }
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  async function readPages(readPage: (after: string | undefined) => Promise<unknown>): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | undefined; ;) {
      const page = Page.parse(await readPage(after));
      ids.push(...page.results.map(({ id }) => id));
      after = page.paging?.next.after;
      if (after === undefined) return ids;
    }
  }

  function search(type: string, filter: Record<string, string>): Promise<string[]> {
    const filterGroups = [{ filters: [filter] }];
    return readPages((after) =>
      call("POST", `/crm/v3/objects/${type}/search`, { filterGroups, limit: PAGE, ...(after ? { after } : {}) }),
    );
  }

  /** The ids of the records that a record is linked to, by their type. */
  async function readWithLinks(type: string, id: string, toTypes: readonly string[]): Promise<string[][]> {
    const path = `/crm/v3/objects/${type}/${id}?associations=${toTypes.join(",")}`;
    const { associations } = Read.parse(await call("GET", path));
    return toTypes.map((toType) => [...new Set(associations?.[toType]?.results.map((linked) => linked.id))]);
  }

  async function scoreCompany(companyId: string): Promise<void> {
    const children = await readWithLinks("companies", companyId, CHILDREN);
    for (const [index, type] of CHILDREN.entries()) {
      for (const id of children[index] ?? []) await call("GET", `/crm/v3/objects/${type}/${id}`);
    }
    await writeScore(companyId, children.flat().length);
  }

  /** Any number that a company has serves as a score. */
  async function writeScore(companyId: string, score: number): Promise<void> {
    const properties = { annualrevenue: String(score) };
    await call("PATCH", `/crm/v3/objects/companies/${companyId}`, { properties });
  }

  return {
    async scoreAll() {
      const companies = await readPages((after) =>
        call("GET", `/crm/v3/objects/companies?limit=${PAGE}${after ? `&after=${after}` : ""}`),
      );
      await forEach(companies, scoreCompany);
    },
    async scoreCustomers() {
      const customers = { propertyName: "lifecyclestage", operator: "EQ", value: "customer" };
      await forEach(await search("companies", customers), scoreCompany);
    },
    async scoreModified(since) {
      const newer = (type: string) => ({
        propertyName: MODIFIED[type] ?? "hs_lastmodifieddate",
        operator: "GTE",
        value: String(since.getTime()),
      });
      const companies = new Set(await search("companies", newer("companies")));
      for (const type of CHILDREN) {
        await forEach(await search(type, newer(type)), async (id) => {
          for (const company of (await readWithLinks(type, id, ["companies"])).flat()) companies.add(company);
        });
      }
      await forEach([...companies], scoreCompany);
    },
    onTicketEvents: (ticketIds) =>
      forEach(ticketIds, async (ticketId) => {
        const [companies = []] = await readWithLinks("tickets", ticketId, ["companies"]);
        for (const companyId of companies) {
          await call("GET", `/crm/v3/objects/companies/${companyId}`);
          await writeScore(companyId, ticketIds.length);
        }
      }),
  };
}

async function forEach(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  const left = ids[Symbol.iterator]();
  const worker = async () => {
    for (const id of left) await work(id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
