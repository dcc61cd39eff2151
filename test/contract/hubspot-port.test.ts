import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createHubSpot } from "../../src/hubspot/create-hubspot.ts";
import { HubSpotForbidden, HubSpotUnauthorized } from "../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort, NewProperty, NewTask, RecordType } from "../../src/pipeline/hubspot-port.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { rejectionOf } from "../hubspot/test-hubspot.ts";

const COMPANIES = 120;
const log = { debug: () => undefined, warn: () => undefined };

let sandbox: Sandbox;
let hubspot: HubSpotPort;
let companyIds: string[];

beforeAll(async () => {
  sandbox = await startSandbox({ companies: COMPANIES, seed: 7, limitPer10s: 10_000 });
  hubspot = createHubSpot({ accessToken: sandbox.appToken, baseUrl: sandbox.url, log });
  companyIds = (await listAll("company")).map(({ id }) => id);
});
afterAll(() => sandbox.close());

async function listAll(type: RecordType, linksTo: RecordType[] = []) {
  const records = [];
  let after: string | undefined;
  do {
    const page = await hubspot.listRecords({
      type,
      properties: ["name"],
      linksTo,
      ...(after === undefined ? {} : { after }),
    });
    records.push(...page.records);
    after = page.after;
  } while (after !== undefined);
  return records;
}

function firstCompany(index = 0): string {
  const id = companyIds[index];
  if (id === undefined) throw new Error(`The sandbox has no company ${index}`);
  return id;
}

function newTask(more: Partial<NewTask> = {}): NewTask {
  return {
    key: "play:1",
    companyId: firstCompany(),
    subject: "Ring kunden",
    body: "Ingen innlogging siden 3. oktober\n<2 fakturaer> & mer",
    dueAt: new Date("2026-12-01T09:00:00.000Z"),
    ownerId: null,
    priority: "HIGH",
    type: "CALL",
    ...more,
  };
}

describe("the adapter against the sandbox, beyond the contract of the port", () => {
  it("tells the account, the owners and the ticket stages", async () => {
    const owners = await hubspot.readOwners();
    const stages = await hubspot.readTicketStages();

    await expect(hubspot.readAccount()).resolves.toEqual({
      portalId: String(sandbox.portalId),
      timeZone: "Europe/Oslo",
      currency: "NOK",
    });
    expect(owners.some(({ archived }) => archived)).toBe(true);
    expect(owners.every(({ name, id }) => name !== "" && /^\d+$/.test(id))).toBe(true);
    expect(stages.find(({ pipelineId, stageId }) => pipelineId === "0" && stageId === "4")?.closed).toBe(true);
    expect(stages.find(({ pipelineId, stageId }) => pipelineId === "0" && stageId === "1")?.closed).toBe(false);
  });

  it.each([
    ["contact", true],
    ["ticket", true],
    ["invoice", false],
    ["deal", true],
    ["subscription", false],
    ["feedback", false],
  ] as const)("shows the same links of a %s in lists and by association", async (type, hasPrimary) => {
    const listed = await listAll(type, ["company"]);
    const linked = await hubspot.readLinks(
      type,
      "company",
      listed.map(({ id }) => id),
    );

    const inList = listed.flatMap(({ id, links }) => links.map(({ toId, primary }) => `${id} ${toId} ${primary}`));
    const byAssociation = [...linked].flatMap(([id, links]) =>
      links.map(({ toId, primary }) => `${id} ${toId} ${primary}`),
    );
    expect(inList.sort()).toEqual(byAssociation.sort());
    expect(inList.length).toBeGreaterThan(0);
    expect(inList.some((link) => link.endsWith("true"))).toBe(hasPrimary);
  });

  it("reads records by id, and tells which are not there", async () => {
    const { found, missing } = await hubspot.readRecords("company", [...companyIds, "99"], ["name", "churned_at"]);

    expect(found).toHaveLength(COMPANIES);
    expect(missing).toEqual(["99"]);
    expect(found.every(({ properties }) => "churned_at" in properties && properties["name"] !== null)).toBe(true);
  });

  it("finds what was modified of every type that it can mirror", async () => {
    for (const type of ["contact", "ticket", "invoice", "deal", "subscription", "feedback"] as const) {
      const where = { modifiedSince: new Date(0) };
      const { records } = await hubspot.searchRecords({ type, properties: [], where });
      expect({ type, isFound: records.length > 0 }).toEqual({ type, isFound: true });
    }
  });

  it("makes a group and properties once, and writes them", async () => {
    const group = { name: "customer_health", label: "Customer health" };
    const common = { description: "", groupName: group.name };
    const properties: NewProperty[] = [
      { ...common, name: "chs_score", label: "Score", type: "number", fieldType: "number" },
      { ...common, name: "chs_at", label: "At", type: "datetime", fieldType: "date" },
      {
        ...common,
        name: "chs_band",
        label: "Band",
        type: "enumeration",
        fieldType: "select",
        options: [{ value: "low", label: "Low" }],
      },
    ];
    for (let time = 0; time < 2; time += 1) {
      await hubspot.ensurePropertyGroup("company", group);
      await hubspot.createProperties("company", properties);
    }

    const definitions = await hubspot.readPropertyDefinitions("company");
    const outcome = await hubspot.updateCompanies(
      companyIds.map((id) => ({ id, properties: { chs_score: "72", chs_band: "low" } })),
    );

    expect(definitions.find(({ name }) => name === "chs_band")).toEqual({
      name: "chs_band",
      type: "enumeration",
      fieldType: "select",
      calculated: false,
      options: ["low"],
      archived: false,
    });
    expect(outcome).toEqual({ updated: expect.arrayContaining(companyIds), refused: [], later: [] });
    const { found } = await hubspot.readRecords("company", companyIds, ["chs_score"]);
    expect(found.every(({ properties }) => properties["chs_score"] === "72")).toBe(true);
  });

  it("makes tasks with the key in their own property, once the portal has it", async () => {
    await hubspot.ensurePropertyGroup("task", { name: "customer_health", label: "Customer health" });
    await hubspot.createProperties("task", [
      {
        name: "chs_key",
        label: "Key",
        description: "",
        groupName: "customer_health",
        type: "string",
        fieldType: "text",
      },
    ]);
    const tasks = Array.from({ length: 130 }, (_, index) =>
      newTask({ key: `many:${index}`, companyId: firstCompany(index % COMPANIES) }),
    );

    const { created, refused } = await hubspot.createTasks(tasks);

    expect(refused).toEqual([]);
    expect(created.map(({ key }) => key)).toEqual(tasks.map(({ key }) => key));
    const found = (await hubspot.findTasks(companyIds)).filter(({ key }) => key?.startsWith("many:"));
    expect(new Map(found.map(({ key, taskId }) => [key, taskId]))).toEqual(
      new Map(created.map(({ key, taskId }) => [key, taskId])),
    );
    expect(found.every(({ body }) => body === newTask().body)).toBe(true);
  });

  it("reads again when an answer is lost", async () => {
    const dropped = sandbox.dropNext((_method, path) => path.endsWith("/companies/batch/read"));

    const { found } = await hubspot.readRecords("company", [firstCompany()], []);
    await dropped.reached;

    expect(found).toHaveLength(1);
  });

  it("knows a token that is not HubSpot's", async () => {
    const stranger = createHubSpot({ accessToken: "pat-eu1-wrong", baseUrl: sandbox.url, log });

    expect(await rejectionOf(stranger.readAccount())).toBeInstanceOf(HubSpotUnauthorized);
  });
});

describe("the adapter against a portal that gives less", () => {
  it("names the scopes that are missing", async () => {
    const poor = await startSandbox({ companies: 2, scopes: ["oauth", "crm.objects.companies.read"] });
    try {
      const port = createHubSpot({ accessToken: poor.appToken, baseUrl: poor.url, log });

      const error = await rejectionOf(port.listRecords({ type: "invoice", properties: [], linksTo: [] }));

      expect(error).toBeInstanceOf(HubSpotForbidden);
      expect(error).toMatchObject({ requiredScopes: expect.arrayContaining(["crm.objects.invoices.read"]) });
    } finally {
      await poor.close();
    }
  });
});
