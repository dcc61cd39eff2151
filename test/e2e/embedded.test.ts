import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { eventually } from "../eventually.ts";
import { createDataFolder, type DataFolder } from "../store/data-folder.ts";
import { freePort } from "./free-port.ts";
import { createPortalPerson } from "./portal-person.ts";
import { serviceEnvironment } from "./service-environment.ts";
import { startProgram, type Program } from "./start-program.ts";

// A first start copies and initialises a cluster, which takes seconds on a busy machine.
const TIMEOUT_MS = 60_000;
jest.setTimeout(TIMEOUT_MS);

describe("a service with a Postgres of its own", () => {
  let sandbox: Sandbox;
  let folder: DataFolder;
  let port: number;
  let service: Program;

  beforeAll(async () => {
    sandbox = await startSandbox({ limitPer10s: 2_000 });
    folder = await createDataFolder();
    port = await freePort();
  });
  afterAll(async () => {
    service.signal("SIGKILL");
    await service.ended;
    await folder.remove();
    await sandbox.close();
  });

  async function start(): Promise<void> {
    service = await startProgram("main.ts", [], serviceEnvironment(sandbox, port, { DATA_DIR: folder.path }));
    await service.said("service started");
  }

  it("goes on at once after a kill, its leases given back by the restart, and makes no second task", async () => {
    const person = createPortalPerson(sandbox, () => new Date());
    const companyId = await person.addCustomer();
    await start();
    await eventually(async () => expect((await person.health(companyId)).score).toBe(100));
    const making = sandbox.holdNext((_method, path) => path === "/crm/v3/objects/tasks/batch/create");
    const targetUrl = `http://127.0.0.1:${port}/webhooks/hubspot`;
    const ofInvoices = { subscriptionType: "object.propertyChange", objectType: "invoice", active: true } as const;
    sandbox.webhooks.configure({ targetUrl, subscriptions: [{ ...ofInvoices, propertyName: "hs_invoice_status" }] });
    const invoiceId = await person.addOverdueInvoice(companyId);
    await making.reached;
    service.signal("SIGKILL");
    await service.ended;
    making.release();
    await sandbox.webhooks.idle();
    expect(await person.tasksOf(companyId)).toHaveLength(1);

    await start();
    await person.payInvoice(invoiceId);

    // Only a task that the restarted service knows for its own is closed by it.
    await eventually(async () => {
      const tasks = await person.tasksOf(companyId);
      expect(tasks).toMatchObject([{ properties: { hs_task_status: "COMPLETED" } }]);
    });
    expect(await person.health(companyId)).toMatchObject({ band: "healthy" });
  });

  it("ends in order when it is told to, and its Postgres with it", async () => {
    const postgres = await folder.pid();
    expect(await folder.isServer(postgres)).toBe(true);
    const toldAt = performance.now();

    service.signal("SIGTERM");

    expect(await service.ended).toMatchObject({ code: 0, stderr: "" });
    expect(performance.now() - toldAt).toBeLessThan(10_000);
    expect(await folder.isServer(postgres)).toBe(false);
  });

  it("is not left running by a command that is interrupted", async () => {
    const environment = serviceEnvironment(sandbox, port, { DATA_DIR: folder.path });
    const listing = sandbox.holdNext(
      (method, path) => method === "GET" && path.startsWith("/crm/v3/objects/companies"),
    );
    // A store that is filled only reads what changed: the first sync of another folder lists.
    const other = await createDataFolder();
    const command = await startProgram("cli/health.ts", ["sync"], { ...environment, DATA_DIR: other.path });
    await listing.reached;
    const postgres = await other.pid();

    command.signal("SIGTERM");
    expect(await command.ended).toMatchObject({ code: 130 });
    expect(await other.isServer(postgres)).toBe(false);
    listing.release();
    await other.remove();
  });
});
