import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { signDelivery } from "../../src/sandbox/webhooks/sign-delivery.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { eventually } from "../eventually.ts";
import { createEvent } from "./create-event.ts";
import { freePort } from "./free-port.ts";
import { createPortalPerson, type PortalPerson } from "./portal-person.ts";
import { serviceEnvironment } from "./service-environment.ts";
import { startProgram, type Program } from "./start-program.ts";

const TIMEOUT_MS = 30_000;
jest.setTimeout(TIMEOUT_MS);

const now = () => new Date();

describe("a service that is killed", () => {
  let sandbox: Sandbox;
  let database: TestDatabase;
  let person: PortalPerson;
  let port: number;
  let service: Program;
  const customers: string[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ limitPer10s: 2_000 });
    database = await createTestDatabase();
    person = createPortalPerson(sandbox, now);
    port = await freePort();
    for (let count = 0; count < 6; count += 1) customers.push(await person.addCustomer());
    await start();
    for (const id of customers) await eventually(async () => expect((await person.health(id)).score).toBe(100));
  });
  afterAll(async () => {
    service.signal("SIGTERM");
    await service.ended;
    await sandbox.close();
    await database.drop();
  });

  async function start(): Promise<void> {
    service = await startProgram("main.ts", [], serviceEnvironment(sandbox, port, { DATABASE_URL: database.url }));
    await service.said("service started");
  }
  async function kill(): Promise<void> {
    service.signal("SIGKILL");
    await service.ended;
  }
  /** A customer's invoice falls due long ago, and one webhook tells of it: no other will, however often one starts. */
  async function drop(): Promise<string> {
    const companyId = customers.pop() ?? "";
    const invoiceId = await person.addOverdueInvoice(companyId);
    const body = JSON.stringify([createEvent(sandbox, "invoice", invoiceId, now())]);
    const url = `http://127.0.0.1:${port}/webhooks/hubspot`;
    const headers = {
      "content-type": "application/json",
      ...signDelivery(sandbox.clientSecret, url, body, Date.now()),
    };
    const response = await fetch(url, { method: "POST", body, headers });
    expect(response.status).toBe(200);
    return companyId;
  }
  const isCall = (what: string) => (_method: string, path: string) => path === `/crm/v3/objects/${what}`;
  const rowOf = async (kind: string) =>
    (await database.pool.query<{ lease: string | null }>(`SELECT lease FROM work WHERE kind = $1`, [kind])).rows;

  /** Another service goes on at once where a killed one's leases have run out: here they are made to, half a minute early. */
  async function expectRecovery(companyId: string): Promise<void> {
    await database.pool.query(`UPDATE work SET locked_until = now() WHERE lease IS NOT NULL`);
    await start();
    await eventually(async () => {
      expect(await person.health(companyId)).toMatchObject({ score: 40, band: "at_risk" });
      expect(await database.pool.query(`SELECT 1 FROM work`)).toMatchObject({ rowCount: 0 });
    });
    const tasks = await person.tasksOf(companyId);
    expect(tasks).toMatchObject([{ properties: { hs_task_status: "NOT_STARTED" } }]);
  }

  it("after the 200, has kept the notice", async () => {
    const companyId = await drop();
    await kill();

    expect(await rowOf("refresh")).toEqual([{ lease: null }]);
    await expectRecovery(companyId);
  });

  it("after the claim, leaves the record to the next", async () => {
    const read = sandbox.holdNext(isCall("invoices/batch/read"), { before: true });
    const companyId = await drop();
    await read.reached;
    await kill();
    read.release();

    expect(await rowOf("refresh")).toEqual([{ lease: expect.any(String) }]);
    await expectRecovery(companyId);
  });

  it("after HubSpot's read, has saved nothing by half", async () => {
    const client = await database.pool.connect();
    try {
      await client.query(`BEGIN; LOCK TABLE records IN SHARE ROW EXCLUSIVE MODE`);
      const ours = await client.query<{ pid: number }>(`SELECT pg_backend_pid() AS pid`);
      const companyId = await drop();
      await eventually(async () => {
        const waiting = await database.pool.query(
          `SELECT 1 FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))`,
          [ours.rows[0]?.pid],
        );
        expect(waiting.rowCount).toBe(1);
      });
      await kill();
      await client.query(`ROLLBACK`);

      expect(await rowOf("rescore")).toEqual([]);
      await expectRecovery(companyId);
    } finally {
      client.release();
    }
  });

  it("after the commit of a decision, has it written by the next", async () => {
    const write = sandbox.holdNext(isCall("companies/batch/update"), { before: true });
    const companyId = await drop();
    await write.reached;
    await kill();

    expect(await rowOf("deliver")).toEqual([{ lease: expect.any(String) }]);
    expect(await person.health(companyId)).toMatchObject({ score: 100 });
    await expectRecovery(companyId);
    write.release();
  });

  it("after the task's making was sent, makes no second one", async () => {
    const making = sandbox.holdNext(isCall("tasks/batch/create"));
    const companyId = await drop();
    await making.reached;
    await kill();
    making.release();

    expect(await person.tasksOf(companyId)).toHaveLength(1);
    await expectRecovery(companyId);
  });

  it("before the task's making arrived, makes it after all", async () => {
    const making = sandbox.holdNext(isCall("tasks/batch/create"), { before: true });
    const companyId = await drop();
    await making.reached;
    await kill();

    expect(await person.tasksOf(companyId)).toEqual([]);
    // A task that was sent a moment ago may be there and not be shown yet: that moment is made to be over.
    await database.pool.query(`UPDATE tasks SET sent_at = sent_at - interval '1 minute' WHERE state = 'sending'`);
    await expectRecovery(companyId);
  });
});
