import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import type {
  HubSpotPort,
  ListedRecord,
  NewTask,
  PortalRecord,
  RecordType,
  SearchRequest,
} from "../../src/pipeline/hubspot-port.ts";
import { rejectionOf } from "../hubspot/test-hubspot.ts";

/** A portal with at least four companies, and contacts and tickets that are linked to some of them. */
type PortalUnderContract = {
  port: HubSpotPort;
  /** The next creation of tasks is done, and its answer never comes. */
  loseNextCreation(): void;
  /** A company property that may be written. */
  writable: string;
  close(): Promise<void>;
};

/** What the use cases rely on, of whatever stands behind the port. */
export function describeHubSpotPort(name: string, open: () => Promise<PortalUnderContract>): void {
  describe(`the contract of the HubSpot port, kept by ${name}`, () => {
    let portal: PortalUnderContract;
    let port: HubSpotPort;
    let companyIds: string[];
    const unknownId = "99";

    beforeAll(async () => {
      portal = await open();
      port = portal.port;
      companyIds = (await listAll("company")).map(({ id }) => id);
    });
    afterAll(() => portal.close());

    async function listAll(type: RecordType, linksTo: RecordType[] = []): Promise<ListedRecord[]> {
      const records: ListedRecord[] = [];
      for (let after: string | undefined; ;) {
        const request = { type, properties: [], linksTo };
        const page = await port.listRecords(after === undefined ? request : { ...request, after });
        records.push(...page.records);
        after = page.after;
        if (after === undefined) return records;
      }
    }

    async function searchAll(request: SearchRequest): Promise<PortalRecord[]> {
      const records: PortalRecord[] = [];
      for (let after: string | undefined; ;) {
        const page = await port.searchRecords(after === undefined ? request : { ...request, after });
        records.push(...page.records);
        after = page.after;
        if (after === undefined) return records;
      }
    }

    const company = (index: number) => companyIds.at(index) ?? "";
    const task = (key: string, companyId: string): NewTask => ({
      key,
      companyId,
      subject: "Ring kunden",
      body: "Ingen innlogging siden 3. oktober\n\n<2 fakturaer> & mer",
      dueAt: new Date("2026-12-01T09:00:00.000Z"),
      ownerId: null,
      priority: "HIGH",
      type: "CALL",
    });

    it("lists every record once, and counts as many", async () => {
      for (const type of ["company", "contact", "ticket"] as const) {
        const ids = (await listAll(type)).map(({ id }) => id);
        expect(ids.length).toBeGreaterThan(3);
        expect(new Set(ids).size).toBe(ids.length);
        const found = await searchAll({ type, properties: [], where: { filters: [] } });
        const latest = found.reduce((last, { modifiedAt }) => Math.max(last, modifiedAt.getTime()), 0);
        await expect(port.countRecords(type)).resolves.toEqual({ total: ids.length, latest: new Date(latest) });
      }
    });

    it("shows the same links in lists and by association, from both ends", async () => {
      const tickets = await listAll("ticket", ["company"]);
      const ticketIds = tickets.map(({ id }) => id);
      const toCompanies = await port.readLinks("ticket", "company", ticketIds);
      const toTickets = await port.readLinks("company", "ticket", companyIds);

      const pairs = (links: [string, string, boolean][]) => links.map((link) => link.join(" ")).sort();
      const listed = pairs(
        tickets.flatMap(({ id, links }) => links.map((l): [string, string, boolean] => [id, l.toId, l.primary])),
      );
      expect(listed.length).toBeGreaterThan(0);
      expect(
        pairs(
          [...toCompanies].flatMap(([id, links]) =>
            links.map((l): [string, string, boolean] => [id, l.toId, l.primary]),
          ),
        ),
      ).toEqual(listed);
      expect(
        pairs(
          [...toTickets].flatMap(([id, links]) => links.map((l): [string, string, boolean] => [l.toId, id, l.primary])),
        ),
      ).toEqual(listed);
    });

    it("leaves a record without links out of the answer", async () => {
      const links = await port.readLinks("company", "task", [unknownId]);
      expect([...links]).toEqual([]);
    });

    it("reads each record once however often it is asked for, with null for what is not set", async () => {
      const { found, missing } = await port.readRecords("company", [company(0), company(0), unknownId], ["churned_at"]);
      expect(found.map(({ id }) => id)).toEqual([company(0)]);
      expect(found[0] && "churned_at" in found[0].properties).toBe(true);
      expect(missing).toEqual([unknownId]);
    });

    it("tells what a property was, oldest first, of those that are there", async () => {
      const { writable } = portal;
      const former = (await port.readHistory("company", [company(4)], [writable])).get(company(4))?.[writable] ?? [];
      for (const value of ["7", "", "8"]) {
        await port.updateCompanies([{ id: company(4), properties: { [writable]: value } }]);
      }

      const histories = await port.readHistory(
        "company",
        [company(4), company(4), unknownId],
        [writable, "churned_at"],
      );

      expect([...histories.keys()]).toEqual([company(4)]);
      const past = histories.get(company(4))?.[writable] ?? [];
      expect(past.slice(-3).map(({ value }) => value)).toEqual(["7", null, "8"]);
      expect(past.length).toBe(Math.min(20, former.length + 3));
      const times = past.map(({ at }) => at.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(histories.get(company(4))?.["churned_at"]).toEqual([]);
    });

    it("finds each modified record once, in the order of modification, and none from before", async () => {
      const modified = (since: Date) => ({
        type: "company" as const,
        properties: ["name"],
        where: { modifiedSince: since },
      });
      const all = await searchAll(modified(new Date(0)));
      expect(all.map(({ id }) => id).sort()).toEqual(companyIds.toSorted());
      expect(all.every(({ properties }) => typeof properties["name"] === "string")).toBe(true);
      const times = all.map(({ modifiedAt }) => modifiedAt.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));

      const since = new Date((times.at(-1) ?? 0) + 1);
      expect(await searchAll(modified(since))).toEqual([]);
    });

    it("finds what passes all filters of any group, once and in order of id, and counts as many", async () => {
      const { found } = await port.readRecords("company", companyIds, ["name"]);
      const nameOf = new Map(found.map(({ id, properties }) => [id, properties["name"] ?? ""]));
      const names = [company(0), company(2)].map((id) => nameOf.get(id) ?? "");
      const wanted = [...nameOf].filter(([, name]) => names.includes(name)).map(([id]) => id);
      const known = { property: "name", operator: "known" } as const;
      const unknown = { property: "name", operator: "unknown" } as const;
      const filters = [[unknown], [known, { property: "name", operator: "in" as const, values: names }]];

      const shown = await searchAll({ type: "company", properties: ["name"], where: { filters } });

      const inOrder = wanted.toSorted((a, b) => Number(a) - Number(b));
      expect(shown.map(({ id }) => id)).toEqual(inOrder);
      expect(shown[0]?.properties["name"]).toBe(nameOf.get(inOrder[0] ?? ""));
      expect(shown[0]?.mergedIds).toEqual([]);
      await expect(port.countRecords("company", filters)).resolves.toMatchObject({ total: wanted.length });
    });

    it("writes companies but the one that is refused, and shows them as modified", async () => {
      const before = await port.readRecords("company", [company(1)], []);
      const outcome = await port.updateCompanies([
        { id: company(1), properties: { [portal.writable]: "5" } },
        { id: unknownId, properties: { [portal.writable]: "5" } },
        { id: company(2), properties: { [portal.writable]: "6" } },
      ]);

      expect(outcome.updated.toSorted()).toEqual([company(1), company(2)].toSorted());
      expect(outcome.refused.map(({ id }) => id)).toEqual([unknownId]);
      const { found } = await port.readRecords("company", [company(1)], [portal.writable]);
      expect(found[0]?.properties).toMatchObject({ [portal.writable]: "5" });
      expect(found[0]?.modifiedAt.getTime()).toBeGreaterThanOrEqual(before.found[0]?.modifiedAt.getTime() ?? Infinity);
    });

    it("adds options to a property after those that it has, and then takes their values", async () => {
      const name = "chs_contract_band";
      const optionsOf = async () =>
        (await port.readPropertyDefinitions("company")).find((definition) => definition.name === name)?.options;
      const group = { name: "chs_contract", label: "Contract" };
      await port.ensurePropertyGroup("company", group);
      const low = { value: "low", label: "Low" };
      const [type, fieldType] = ["enumeration", "select"] as const;
      const band = { name, label: "Band", description: "", groupName: group.name, type, fieldType, options: [low] };
      await port.createProperties("company", [band]);

      const added = [low, { value: "high", label: "High" }];
      for (let time = 0; time < 2; time += 1) await port.addOptions("company", name, added);

      expect(await optionsOf()).toEqual(["low", "high"]);
      const outcome = await port.updateCompanies([{ id: company(1), properties: { [name]: "high" } }]);
      expect(outcome).toEqual({ updated: [company(1)], refused: [], later: [] });
    });

    it("makes a task as it was asked for, finds it on its company alone, and reads it", async () => {
      const { created, refused } = await port.createTasks([task("made-1", company(0))]);
      expect(refused).toEqual([]);
      const taskId = created[0]?.taskId ?? "";
      expect(created).toEqual([{ key: "made-1", taskId }]);

      const { subject, body, dueAt, ownerId } = task("made-1", company(0));
      const wanted = { taskId, key: "made-1", status: "NOT_STARTED", subject, body, dueAt, ownerId };
      expect(await port.findTasks([company(0)])).toMatchObject([wanted]);
      expect(await port.findTasks([company(3)])).toEqual([]);
      const { found, missing } = await port.readTasks([taskId, unknownId]);
      expect(found).toMatchObject([wanted]);
      expect(missing).toEqual([unknownId]);
    });

    it("completes a task with a new body, keeps its key, and returns the one that is not there", async () => {
      const { created } = await port.createTasks([task("closed-1", company(1))]);
      const taskId = created[0]?.taskId ?? "";

      const outcome = await port.closeTasks([
        { taskId, body: "Frisk\n\nigjen" },
        { taskId: unknownId, body: "" },
      ]);

      expect(outcome.updated).toEqual([taskId]);
      expect(outcome.refused.map(({ id }) => id)).toEqual([unknownId]);
      const { found } = await port.readTasks([taskId]);
      expect(found).toMatchObject([{ key: "closed-1", status: "COMPLETED", body: "Frisk\n\nigjen" }]);
    });

    it("writes a task anew, keeps its key, and returns the one that is not there", async () => {
      const { created } = await port.createTasks([task("updated-1", company(3))]);
      const taskId = created[0]?.taskId ?? "";
      const body = "Ny\n\ntekst & mer";
      const anew = { ...task("updated-1", company(3)), body, dueAt: new Date("2026-11-20T16:00:00.000Z") };

      const update = [taskId, unknownId].map((id) => ({ taskId: id, task: anew }));
      const outcome = await port.updateTasks(update);
      await port.updateTasks(update);

      expect(outcome.updated).toEqual([taskId]);
      expect(outcome.refused.map(({ id }) => id)).toEqual([unknownId]);
      const { subject, dueAt } = anew;
      const { found } = await port.readTasks([taskId]);
      expect(found).toMatchObject([{ key: "updated-1", status: "NOT_STARTED", subject, body, dueAt, ownerId: null }]);
    });

    it("has made a task once when the answer to its making is lost, and finds it by its key", async () => {
      portal.loseNextCreation();

      const error = await rejectionOf(port.createTasks([task("lost-1", company(2))]));

      expect(error).toBeInstanceOf(HubSpotUnavailable);
      expect(error).toMatchObject({ status: null });
      expect((await port.findTasks([company(2)])).map(({ key }) => key)).toEqual(["lost-1"]);
    });
  });
}
