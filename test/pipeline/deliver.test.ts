import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HubSpotRefused } from "../../src/pipeline/hubspot-errors.ts";
import type { PipelineContext } from "../../src/pipeline/pipeline-context.ts";
import { unavailable } from "../fakes/fake-hubspot.ts";
import { putCompany } from "./customers.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

describe("delivering values", () => {
  let stage: PipelineStage;
  let context: PipelineContext;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    context = stage.context();
    for (const id of ["10", "11", "12"]) putCompany(stage.hubspot, id);
  });
  afterAll(() => stage.database.drop());

  const shown = (id: string) => stage.hubspot.portal.find("company", id)?.properties ?? {};
  const updates = () => stage.hubspot.calls.filter((call) => call === "updateCompanies").length;
  async function change(id: string, seats: string): Promise<void> {
    putCompany(stage.hubspot, id, { seats });
    await stage.hint(`company:${id}`);
  }
  const countOf = async (field: "waiting" | "dead") =>
    (await stage.store.work.count(stage.clock.instant)).find(({ kind }) => kind === "deliver")?.[field];

  it("writes the whole set for whom something changed, in one call, and nothing for the others", async () => {
    await stage.sweep(context);
    expect(updates()).toBe(1);
    expect(shown("10")).toMatchObject({ chs_health_score: "95", chs_health_band: "healthy", chs_health_usage: "90" });

    const sent: unknown[] = [];
    const updateCompanies: typeof context.hubspot.updateCompanies = (rows) => {
      sent.push(...rows);
      return stage.hubspot.port.updateCompanies(rows);
    };
    context = { ...context, hubspot: { ...context.hubspot, updateCompanies } };
    await change("10", "80");
    await stage.workOff(context);
    const stored = await stage.store.decisions.read("10");
    expect(sent).toEqual([{ id: "10", properties: stored?.values }]);
    expect(stored?.values).toMatchObject({ chs_health_score: "90", chs_health_support: "100" });
  });

  it("writes nothing on a quiet night", async () => {
    await stage.sweep(context);
    stage.clock.advance(86_400_000);
    stage.hubspot.calls.length = 0;
    await stage.sweep(context);
    expect(updates()).toBe(0);
  });

  it("sends what was decided last, not what was decided when it was marked", async () => {
    await stage.sweep(context);
    await change("10", "80");
    stage.clock.advance(1_000);
    await stage.workOn(context, "refresh");
    await stage.workOn(context, "rescore");
    await change("10", "60");
    stage.clock.advance(1_000);
    await stage.workOn(context, "refresh");
    await stage.workOn(context, "rescore");
    await stage.workOn(context, "deliver");
    expect(shown("10")).toMatchObject({ chs_health_score: "80" });
    expect(await countOf("waiting")).toBe(0);
  });

  it("writes the others when HubSpot refuses one, and gives that one up after five attempts", async () => {
    stage.hubspot.refuse("11");
    await stage.sweep(context);
    expect([shown("10")["chs_health_score"], shown("11")["chs_health_score"], shown("12")["chs_health_score"]]).toEqual(
      ["95", undefined, "95"],
    );
    expect(updates()).toBe(5);
    expect([await countOf("waiting"), await countOf("dead")]).toEqual([0, 1]);
    const { rows } = await stage.database.pool.query("select key, attempts, reason, correlation_id from dead_letters");
    expect(rows).toEqual([{ key: "11", attempts: 5, reason: "VALIDATION_ERROR", correlation_id: "c-11" }]);
    const warnings = stage.log.lines.filter(({ level }) => level === "warn");
    expect(warnings.map(({ fields }) => fields["fate"])).toEqual(["later", "later", "later", "later", "dead"]);
  });

  it("halves a batch that HubSpot refuses as a whole, until the bad one stands alone", async () => {
    const whole = (message: string) =>
      new HubSpotRefused(message, { call: "POST /fake", correlationId: "c-9", status: 400, category: null });
    const updateCompanies: typeof context.hubspot.updateCompanies = (rows) =>
      rows.some(({ id }) => id === "12")
        ? Promise.reject(whole("bad batch"))
        : stage.hubspot.port.updateCompanies(rows);
    await stage.sweep({ ...context, hubspot: { ...context.hubspot, updateCompanies } });
    expect([shown("10")["chs_health_score"], shown("11")["chs_health_score"]]).toEqual(["95", "95"]);
    const { rows } = await stage.database.pool.query("select key, reason, correlation_id from dead_letters");
    expect(rows).toEqual([{ key: "12", reason: "bad batch", correlation_id: "c-9" }]);
  });

  it("counts no attempt while HubSpot is away, however long", async () => {
    for (let failures = 0; failures < 8; failures += 1) stage.hubspot.failNext("updateCompanies", unavailable(503));
    for (let tries = 0; tries < 8; tries += 1) {
      await expect(tries === 0 ? stage.sweep(context) : stage.workOff(context)).rejects.toThrow("503");
    }
    expect([await countOf("waiting"), await countOf("dead")]).toEqual([3, 0]);
    await stage.workOff(context);
    expect(shown("10")).toMatchObject({ chs_health_score: "95" });
  });

  it("does the rest when HubSpot cannot write one now, and tries that one after longer and longer waits", async () => {
    await stage.sweep(context);
    for (const id of ["10", "11"]) await change(id, "40");
    const triedAt: number[] = [];
    const updateCompanies: typeof context.hubspot.updateCompanies = async (rows) => {
      if (rows.some(({ id }) => id === "11")) triedAt.push(stage.clock.instant.getTime());
      const isMended = triedAt.length > 6;
      const outcome = await stage.hubspot.port.updateCompanies(rows.filter(({ id }) => id !== "11" || isMended));
      return { ...outcome, later: rows.map(({ id }) => id).filter((id) => id === "11" && !isMended) };
    };
    const limping = { ...context, hubspot: { ...context.hubspot, updateCompanies } };
    for (const kind of ["refresh", "rescore", "deliver"] as const) {
      stage.clock.advance(1_000);
      await stage.workOn(limping, kind);
    }
    const deliveries = "select key, attempts from work where kind = 'deliver'";
    expect((await stage.database.pool.query(deliveries)).rows).toEqual([{ key: "11", attempts: 0 }]);
    expect(shown("10")).toMatchObject({ chs_health_usage: "40" });

    await stage.workOff(limping);
    expect(shown("11")).toMatchObject({ chs_health_usage: "40" });
    const waits = triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? 0));
    expect(waits).toHaveLength(6);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeGreaterThanOrEqual(5_000);
    expect(waits.at(-1)).toBeGreaterThan(60_000);
  });

  it("tries once more each night what HubSpot refused, and clears it from the dead when it is taken", async () => {
    const refusing = { ...context.hubspot };
    refusing.updateCompanies = (rows) =>
      Promise.resolve({
        updated: [],
        refused: rows.map(({ id }) => ({ id, message: "no", correlationId: null })),
        later: [],
      });
    await stage.sweep({ ...context, hubspot: refusing });
    expect(await countOf("dead")).toBe(3);
    await stage.sweep(context);
    expect(await countOf("dead")).toBe(0);
    expect(shown("10")).toMatchObject({ chs_health_score: "95" });
  });
});
