import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "@hubspot/api-client";
import {
  BatchInputSimplePublicObjectBatchInput as Batch,
  SimplePublicObjectBatchInput as Input,
} from "@hubspot/api-client/lib/codegen/crm/companies/index.js";
import { createHubSpot } from "../../../src/hubspot/create-hubspot.ts";
import type { HubSpotPort, NewProperty, NewTask, RecordType } from "../../../src/pipeline/hubspot-port.ts";
import { startSandbox, type Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import { createRecordingLog } from "../../recording-log.ts";
import { toModel } from "../../sandbox/to-model.ts";
import { observeExchanges, type ObservedExchanges } from "./observe-exchanges.ts";

let sandbox: Sandbox;
let hubspot: HubSpotPort;
let exchanges: ObservedExchanges;
let companyIds: string[];
let taskId: string;

beforeAll(async () => {
  sandbox = await startSandbox({ companies: 120, seed: 5, limitPer10s: 10_000 });
  hubspot = createHubSpot({ accessToken: sandbox.appToken, baseUrl: sandbox.url, log: createRecordingLog() });
  companyIds = await listIds("company");
  await hubspot.createProperties("task", [{ ...property("chs_key"), groupName: "taskinformation" }]);
  taskId = (await hubspot.createTasks([task("before")])).created[0]?.taskId ?? "";
  exchanges = observeExchanges(sandbox);
});
afterAll(() => sandbox.close());

async function listIds(type: RecordType): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ;) {
    const request = { type, properties: [], linksTo: [] };
    const page = await hubspot.listRecords(after === undefined ? request : { ...request, after });
    ids.push(...page.records.map(({ id }) => id));
    after = page.after;
    if (after === undefined) return ids;
  }
}

const group = { name: "chs_wire", label: "On the wire" };
const property = (name: string): NewProperty => ({
  name,
  label: name,
  description: "Made by a test",
  groupName: group.name,
  type: "string",
  fieldType: "text",
});
const band: NewProperty = {
  ...property("chs_band"),
  type: "enumeration",
  fieldType: "select",
  options: [{ value: "low", label: "Low" }],
};
const task = (key: string): NewTask => ({
  key,
  companyId: companyIds[0] ?? "",
  subject: "Ring kunden",
  body: "Ingen innlogging siden 3. oktober\n<2 fakturaer> & mer",
  dueAt: new Date("2026-12-01T09:00:00.000Z"),
  ownerId: "411000101",
  priority: "HIGH",
  type: "CALL",
});

/** Each of them several times over where there are several ways to be asked. */
const uses: Record<keyof HubSpotPort, () => Promise<unknown>> = {
  atPriority: () => hubspot.atPriority("sweep").readAccount(),
  readAccount: () => hubspot.readAccount(),
  readToken: () => hubspot.readToken(),
  readUsage: () => hubspot.readUsage(),
  readOwners: async () => [await hubspot.readOwners(), await hubspot.readOwners("active")],
  readTicketStages: () => hubspot.readTicketStages(),

  readPropertyDefinitions: () => hubspot.readPropertyDefinitions("invoice"),
  ensurePropertyGroup: () => hubspot.ensurePropertyGroup("company", group),
  async createProperties() {
    const types = [
      ["number", "number"],
      ["datetime", "date"],
      ["string", "textarea"],
    ] as const;
    const several = types.map(([type, fieldType]) => ({ ...property(`chs_${fieldType}`), type, fieldType }));
    await hubspot.createProperties("company", [band, ...several]);
    await hubspot.createProperties("company", [band, property("chs_more")]);
  },
  async addOptions() {
    await hubspot.addOptions("company", band.name, [{ value: "high", label: "High" }]);
    await hubspot.addOptions("company", band.name, [{ value: "higher", label: "high" }]);
  },

  async listRecords() {
    const linksTo: RecordType[] = ["company", "contact"];
    await hubspot.listRecords({ type: "invoice", properties: ["hs_due_date"], linksTo });
    const { after = "" } = await hubspot.listRecords({ type: "company", properties: ["name"], linksTo: [] });
    await hubspot.listRecords({ type: "company", properties: ["name"], linksTo: [], after });
  },
  async countRecords() {
    await hubspot.countRecords("contact");
    await hubspot.countRecords("company", [[{ property: "lifecyclestage", operator: "in", values: ["customer"] }]]);
  },
  async searchRecords() {
    const request = { type: "contact", properties: ["email"] } as const;
    await hubspot.searchRecords({ ...request, where: { modifiedSince: new Date(0) } });
    const first = await hubspot.searchRecords({ ...request, where: { filters: [] } });
    if (first.after === undefined) throw new Error("One page holds them all");
    await hubspot.searchRecords({ ...request, where: { filters: [] }, after: first.after });
    const filters = [
      [
        { property: "lifecyclestage", operator: "in", values: ["customer", "lead"] },
        { property: "churned_at", operator: "unknown" },
        { property: "logins_30d", operator: "over", value: "3" },
        { property: "logins_30d", operator: "at_most", value: "1000" },
      ],
      [{ property: "churned_at", operator: "known" }],
    ] as const;
    await hubspot.searchRecords({ type: "company", properties: ["name"], where: { filters } });
  },
  readRecords: () => hubspot.readRecords("company", [...companyIds, ...companyIds, "99"], ["name", "plan"]),
  readHistory: () => hubspot.readHistory("company", [...companyIds, "99"], ["plan"]),
  readLinks: () => hubspot.readLinks("company", "ticket", [...companyIds, "99"]),

  updateCompanies: () =>
    hubspot.updateCompanies([
      ...companyIds.map((id) => ({ id, properties: { logins_30d: "5", churned_at: "", plan: "pro" } })),
      { id: "99", properties: { logins_30d: "5" } },
    ]),

  createTasks: () => hubspot.createTasks([task("one"), { ...task("two"), ownerId: null }]),
  findTasks: () => hubspot.findTasks(companyIds),
  readTasks: () => hubspot.readTasks([taskId, "99"]),
  updateTasks: () => hubspot.updateTasks([{ taskId, task: { ...task("before"), subject: "Anew", ownerId: null } }]),
  closeTasks: () => hubspot.closeTasks([{ taskId, body: "Frisk igjen" }]),
};

describe("on the wire every request and every answer has HubSpot's form", () => {
  it.each(Object.keys(uses) as (keyof HubSpotPort)[])("%s", async (method) => {
    await uses[method]();

    expect(exchanges.calls).not.toEqual([]);
    expect(exchanges.takeFaults()).toEqual([]);
  });

  it("and one that the SDK lets through in another form is told", async () => {
    const client = new Client({ accessToken: sandbox.appToken, basePath: sandbox.url, numberOfApiCallRetries: 0 });
    const [id = ""] = companyIds;
    const input = toModel(Input, { id, properties: { logins_30d: 5 as unknown as string } });

    await client.crm.companies.batchApi.update(toModel(Batch, { inputs: [input] })).catch(() => undefined);

    expect(exchanges.takeFaults()).toContainEqual(
      "POST /crm/v3/objects/companies/batch/update: request body.inputs.0.properties.logins_30d: " +
        "Invalid input: expected string, received number",
    );
  });
});
