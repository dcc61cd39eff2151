import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { signDelivery } from "../../src/sandbox/webhooks/sign-delivery.ts";
import { createEvent } from "./create-event.ts";
import { ADMIN_TOKEN, openStage, type Stage } from "./open-stage.ts";
import { readTables } from "./read-tables.ts";

const FIVE_MINUTES_MS = 5 * 60_000;

describe("webhooks at the running service", () => {
  let stage: Stage;
  let companyId: string;

  beforeAll(async () => {
    stage = await openStage();
    companyId = await stage.person.addCustomer();
    await stage.start();
    await stage.settle();
  });
  afterAll(() => stage.close());

  const eventsOf = (ticketId: string, count = 1) =>
    JSON.stringify(
      Array.from({ length: count }, () => createEvent(stage.sandbox, "ticket", ticketId, stage.clock.now())),
    );
  const signed = (body: string, ageMs = 0) =>
    signDelivery(stage.sandbox.clientSecret, stage.webhookUrl, body, stage.clock.now().getTime() - ageMs);
  const post = async (body: string, headers: Record<string, string>) => {
    const request = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
    return (await fetch(stage.webhookUrl, request)).status;
  };
  const countOf = async (outcome: string) => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const text = await (await fetch(`${stage.publicUrl}/metrics`, { headers })).text();
    return Number(new RegExp(`webhook_requests_total\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1]);
  };

  it("bring a ticket to the score property of its company, with the reason in words", async () => {
    expect(await stage.person.health(companyId)).toMatchObject({ score: 100, band: "healthy", reasons: [] });

    await stage.person.addUrgentTicket(companyId);
    await stage.settle();

    const { score, reasons } = await stage.person.health(companyId);
    expect(score).toBe(89);
    expect(reasons).toEqual(["Urgent tickets open: 1"]);
  });

  it("are one read for a thousand events of one ticket", async () => {
    stage.sandbox.webhooks.configure({ targetUrl: null, subscriptions: [] });
    const ticketId = await stage.person.addUrgentTicket(companyId);
    stage.sandbox.forgetCalls();
    const body = eventsOf(ticketId, 100);

    const statuses = await Promise.all(Array.from({ length: 10 }, () => post(body, signed(body))));
    await stage.settle();

    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
    expect(stage.sandbox.calls).toMatchObject({ "tickets batch/read": 1, "companies batch/update": 1 });
    expect((await stage.person.health(companyId)).reasons).toEqual(["Urgent tickets open: 2"]);
  });

  it("are harmless when they are replayed within five minutes", async () => {
    const body = eventsOf("999");
    const headers = signed(body);
    expect(await post(body, headers)).toBe(200);
    await stage.settle();
    const before = await readTables(stage.database.pool);
    stage.clock.advance(FIVE_MINUTES_MS - 10_000);
    stage.sandbox.forgetCalls();

    expect(await post(body, headers)).toBe(200);
    await stage.settle();

    expect(await readTables(stage.database.pool)).toEqual(before);
    expect(Object.keys(stage.sandbox.calls)).toEqual(["tickets batch/read"]);
  });

  type Refused = { status: number; outcome: string; body?: string; headers?: (body: string) => Record<string, string> };
  const unsigned = () => ({});
  it.each<[string, Refused]>([
    ["unsigned", { status: 401, outcome: "wrong_signature", headers: unsigned }],
    ["stale", { status: 401, outcome: "wrong_signature", headers: (body) => signed(body, FIVE_MINUTES_MS + 1) }],
    ["dated ahead", { status: 401, outcome: "wrong_signature", headers: (body) => signed(body, -FIVE_MINUTES_MS - 1) }],
    ["altered", { status: 401, outcome: "wrong_signature", headers: (body) => signed(body.replace("8", "9")) }],
    ["too long", { status: 413, outcome: "body_too_large", body: `[${" ".repeat(1_000_000)}]` }],
    [
      "no JSON by its header",
      { status: 415, outcome: "wrong_content_type", headers: () => ({ "content-type": "text/plain" }) },
    ],
    ["no events", { status: 400, outcome: "wrong_body", body: `[{"objectId":1}]` }],
  ])("are refused when they are %s: one warning, one count, no row", async (_name, { status, outcome, ...given }) => {
    const { body = eventsOf("888000888000"), headers = signed } = given;
    const before = await readTables(stage.database.pool);
    const counted = await countOf(outcome);
    stage.log.lines.length = 0;

    expect(await post(body, headers(body))).toBe(status);

    expect(await readTables(stage.database.pool)).toEqual(before);
    expect(await countOf(outcome)).toBe(counted + 1);
    const warnings = stage.log.lines.filter(({ level }) => level === "warn" || level === "error");
    expect(warnings).toMatchObject([{ level: "warn", message: "webhook refused", fields: { reason: outcome } }]);
    expect(JSON.stringify(warnings)).not.toContain("888000888000");
  });
});
