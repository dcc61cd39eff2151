import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openStage, type Stage } from "./open-stage.ts";
import { DAY_MS } from "./portal-person.ts";
import { readTables } from "./read-tables.ts";

/** What a night writes down about itself. */
const OWN_TABLES = ["sweeps", "settings"];

describe("the nightly sweep", () => {
  let stage: Stage;
  let companyId: string;

  beforeAll(async () => {
    // The schedule goes by real time, so a missed run is missed by this clock too.
    stage = await openStage({ start: new Date(), companies: 30 });
    companyId = await stage.person.addCustomer();
  });
  afterAll(() => stage.close());

  const finished = () => stage.log.lines.filter(({ message }) => message === "sweep finished").length;
  const writes = () =>
    Object.keys(stage.sandbox.calls).filter((kind) => /batch\/(create|update|archive)|update|create/.test(kind));

  it("is owed to a store that never had one, and runs once for two replicas that start together", async () => {
    await Promise.all([stage.start(), stage.startReplica()]);
    await stage.settle();

    expect(finished()).toBe(1);
    expect(await stage.person.health(companyId)).toMatchObject({ score: 100 });
  });

  it("writes nothing when nothing has changed: not to HubSpot, and no row", async () => {
    // What the first sweep wrote moved HubSpot's dates of last modification.
    stage.clock.advance(60_000);
    await stage.sweep();
    stage.clock.advance(60_000);
    const before = await readTables(stage.database.pool, OWN_TABLES);
    stage.sandbox.forgetCalls();

    await stage.sweep();

    expect(writes()).toEqual([]);
    expect(await readTables(stage.database.pool, OWN_TABLES)).toEqual(before);
  });

  it("finds what no webhook told of", async () => {
    stage.sandbox.webhooks.configure({ ...stage.sandbox.webhooks.settings, targetUrl: null });
    await stage.person.addUrgentTicket(companyId);
    stage.sandbox.webhooks.configure({ ...stage.sandbox.webhooks.settings, targetUrl: stage.webhookUrl });

    await stage.sweep();

    expect(await stage.person.health(companyId)).toMatchObject({ reasons: ["Urgent tickets open: 1"] });
  });

  it("lowers a score by the passing of time alone", async () => {
    const quietId = await stage.person.addCustomer();
    await stage.settle();
    expect(await stage.person.health(quietId)).toMatchObject({ score: 100, band: "healthy" });

    stage.clock.advance(40 * DAY_MS);
    await stage.sweep();

    const { score, reasons } = await stage.person.health(quietId);
    expect(score).toBeLessThan(90);
    expect(reasons).toEqual([expect.stringMatching(/^Last login: since \d+ \w+ \d{4}$/)]);
  });

  it("runs once though both replicas ask for it", async () => {
    stage.clock.advance(1_000);
    stage.log.lines.length = 0;
    const instant = stage.clock.now();
    const requested = await Promise.all(
      stage.services.map(({ store }) => store.sweeps.request(instant, { tasksForCurrent: false }, instant)),
    );
    await stage.settle();

    expect(requested.filter(Boolean)).toHaveLength(1);
    expect(finished()).toBe(1);
  });

  it("that was missed while no service ran is caught up at the start, once", async () => {
    const schedule = await stage.services[0]?.store.settings.read("schedule");
    await stage.stop();
    stage.clock.moveTo(new Date(new Date(schedule?.nextDueAt ?? 0).getTime() + DAY_MS));
    stage.log.lines.length = 0;

    await Promise.all([stage.start(), stage.startReplica()]);
    await stage.settle();

    expect(finished()).toBe(1);
    const { rows } = await stage.database.pool.query<{ scheduled_for: Date }>(
      `SELECT scheduled_for FROM sweeps ORDER BY id DESC LIMIT 1`,
    );
    expect(rows[0]?.scheduled_for.toISOString()).toBe(schedule?.nextDueAt);
  });
});
