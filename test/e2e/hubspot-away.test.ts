import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { signDelivery } from "../../src/sandbox/webhooks/sign-delivery.ts";
import { eventually } from "../eventually.ts";
import { createEvent } from "./create-event.ts";
import { openStage, type Stage } from "./open-stage.ts";

// Calls are repeated, and work is held, by real time: some seconds for each of the two absences.
const TIMEOUT_MS = 60_000;
jest.setTimeout(TIMEOUT_MS);
const READY_WITHIN_MS = 30_000;

describe("while HubSpot is away", () => {
  let stage: Stage;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "customer-health-portal-"));
    file = join(folder, "portal.json");
    stage = await openStage({ file });
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const postNotice = async (invoiceId: string) => {
    const body = JSON.stringify([createEvent(stage.sandbox, "invoice", invoiceId, stage.clock.now())]);
    const headers = signDelivery(stage.sandbox.clientSecret, stage.webhookUrl, body, stage.clock.now().getTime());
    const request = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
    return (await fetch(stage.webhookUrl, request)).status;
  };
  const readiness = async () => {
    const response = await fetch(`${stage.publicUrl}/readyz`);
    return { status: response.status, text: await response.text() };
  };
  /** The same portal again, on the same address. */
  const comeBack = () =>
    startSandbox({ now: stage.clock.now, file, port: Number(new URL(stage.sandbox.url).port), subscriptions: [] });

  it("webhooks are kept, nothing counts as an attempt, and all is done when it is back", async () => {
    const service = await stage.start();
    const companyId = await stage.person.addCustomer();
    await stage.settle();
    stage.sandbox.webhooks.configure({ targetUrl: null, subscriptions: [] });
    const invoiceId = await stage.person.addOverdueInvoice(companyId);
    await stage.sandbox.close();

    expect(await postNotice(invoiceId)).toBe(200);
    stage.clock.advance(1_000);
    await eventually(() => expect(service.worker.health()).toMatchObject({ ok: false }));
    expect(await readiness()).toMatchObject({
      status: 200,
      text: expect.stringContaining("HubSpot cannot answer now"),
    });
    const { rows } = await stage.database.pool.query(`SELECT key, attempts, lease FROM work`);
    expect(rows).toEqual([{ key: `invoice:${invoiceId}`, attempts: 0, lease: null }]);
    expect(await postNotice(invoiceId)).toBe(200);

    const back = await comeBack();
    await stage.settle();
    expect(await stage.person.health(companyId)).toMatchObject({ score: 40, band: "at_risk" });
    expect(await stage.person.tasksOf(companyId)).toHaveLength(1);
    expect(await readiness()).toMatchObject({ text: expect.stringContaining('"ok":true,"checks"') });
    expect((await stage.database.pool.query(`SELECT 1 FROM dead_letters`)).rowCount).toBe(0);
    await back.close();
  });

  it("a service starts all the same, takes webhooks, and goes on when it is back", async () => {
    await stage.stop();
    const service = await stage.start();
    expect(await readiness()).toMatchObject({ status: 200, text: expect.stringContaining("has not answered yet") });
    expect(await postNotice("18000000777")).toBe(200);
    expect(service.worker.health()).toEqual({ ok: true });

    const back = await comeBack();
    await eventually(async () => {
      expect(await readiness()).toMatchObject({ status: 200, text: expect.stringContaining('"ok":true,"checks"') });
    }, READY_WITHIN_MS);
    await stage.settle();
    await back.close();
  });

  it("a token that is refused at a start is told to a person, and webhooks are kept all the same", async () => {
    await stage.stop();
    const port = Number(new URL(stage.sandbox.url).port);
    const refusing = await startSandbox({ now: stage.clock.now, file, port, appToken: "pat-of-somebody-else" });
    await stage.start();
    expect(stage.log.lines.filter(({ level }) => level === "error")).toMatchObject([
      { message: "HubSpot refuses the app; webhooks are kept until a person has mended it" },
    ]);
    expect(await readiness()).toMatchObject({ status: 200, text: expect.stringContaining("HubSpot refuses the app") });
    expect(await postNotice("18000000778")).toBe(200);
    await stage.stop();
    await refusing.close();
  });
});
