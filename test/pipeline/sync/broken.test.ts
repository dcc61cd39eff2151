import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { HubSpotRefused } from "../../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort } from "../../../src/pipeline/hubspot-port.ts";
import { syncMirror } from "../../../src/pipeline/sync/sync-mirror.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { unavailable } from "../../fakes/fake-hubspot.ts";
import { company, contact, putCompany, putUrgentTicket } from "../customers.ts";
import { pipelineRules } from "../pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "../pipeline-stage.ts";
import { putFewCustomers } from "./few-customers.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const lookingBack: Ruleset = pipelineRules({
  signals: [
    ...pipelineRules().signals,
    {
      name: "growth",
      label: "Growth",
      unit: null,
      kind: "change",
      property: "seats",
      over: { amount: 30, unit: "d" },
      as: "difference",
    },
  ],
});

/** The port, but the answer to one of the calls (counted from 1) is lost. */
function breaking(port: HubSpotPort, brokenCall: number | null) {
  const counted = { calls: 0 };
  const hubspot = new Proxy(port, {
    get(target, name: keyof HubSpotPort) {
      const method = target[name].bind(target) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        counted.calls += 1;
        const number = counted.calls;
        const answer = await method(...args);
        if (number === brokenCall) throw unavailable(503);
        return answer;
      };
    },
  });
  return { hubspot, counted };
}

describe("a sync that is broken off after any call", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  afterAll(() => stage.database.drop());

  const scenes: Record<string, () => Promise<void> | void> = {
    "a first one that lists": () => putPortal(),
    "a first one that follows links": () => putFewCustomers(stage.hubspot),
    async "a nightly one"() {
      putPortal();
      await sync(null);
      stage.clock.advance(60 * MINUTE_MS);
      for (const id of ["10", "11"]) putCompany(stage.hubspot, id, { seats: "7" });
      putCompany(stage.hubspot, "30", { lifecyclestage: "customer" });
      for (const id of ["1", "5", "6"]) stage.hubspot.portal.put("ticket", id, { hs_ticket_priority: "LOW" });
      stage.hubspot.portal.link("ticket", "2", [company("12")]);
    },
    async "a weekly one"() {
      putPortal();
      await sync(null);
      stage.clock.advance(8 * DAY_MS);
      stage.hubspot.portal.remove("ticket", "1");
      stage.hubspot.portal.link("ticket", "2", [company("12")]);
      stage.hubspot.portal.remove("company", "13");
    },
  };

  function putPortal(): void {
    for (const id of ["10", "11", "12", "13"]) putCompany(stage.hubspot, id);
    putCompany(stage.hubspot, "30", { lifecyclestage: "lead" });
    for (const id of ["501", "502", "503", "504"]) stage.hubspot.portal.put("contact", id, {}, [company("11")]);
    for (const id of ["1", "2", "3", "4"]) putUrgentTicket(stage.hubspot, id, company("10"));
    putUrgentTicket(stage.hubspot, "5", contact("501"));
    putUrgentTicket(stage.hubspot, "6", company("30"));
  }

  async function sync(brokenCall: number | null): Promise<{ calls: number }> {
    const { hubspot, counted } = breaking(stage.hubspot.port, brokenCall);
    await syncMirror({ ...stage.context(lookingBack), hubspot }, null, () => undefined);
    return counted;
  }
  async function endState(): Promise<unknown[]> {
    const tables = [
      "select id, properties, is_complete from companies order by id",
      "select type, id, company_id, properties from records order by type, id",
      "select * from links order by from_type, from_id, to_type, to_id",
      "select * from property_history order by company_id, at",
      "select value from settings where name in ('mirror', 'calculated', 'sync') order by name",
    ];
    const rows = [];
    for (const table of tables) rows.push((await stage.database.pool.query(table)).rows);
    return rows;
  }
  async function open(scene: string): Promise<void> {
    stage.clock.instant = new Date("2026-10-01T08:00:00Z");
    await stage.reset();
    await scenes[scene]?.();
  }

  it.each(Object.keys(scenes))("goes on there, and ends as a calm one does: %s", async (scene) => {
    await open(scene);
    const calm = await sync(null);
    const expected = await endState();
    // A plan that was not made yet counts the types again; later it is a range's links, and the records and their links
    // under way, at most.
    const range = 6;
    for (let brokenCall = 1; brokenCall <= calm.calls; brokenCall += 1) {
      await open(scene);
      const counter = breaking(stage.hubspot.port, brokenCall);
      const context = { ...stage.context(lookingBack), hubspot: counter.hubspot };
      await expect(syncMirror(context, null, () => undefined)).rejects.toThrow("503");
      const again = await sync(null);
      const all = counter.counted.calls + again.calls;
      expect({ brokenCall, isMore: all - calm.calls > range }).toEqual({ brokenCall, isMore: false });
      expect(await endState()).toEqual(expected);
    }
  });

  it("goes on with the past of properties where that was broken off", async () => {
    await open("none");
    for (let id = 1_000; id < 1_450; id += 1) putCompany(stage.hubspot, String(id));
    const { hubspot, counted } = breaking(stage.hubspot.port, null);
    const readHistory: HubSpotPort["readHistory"] = (...args) =>
      args[1].includes("1250") ? Promise.reject(unavailable(503)) : hubspot.readHistory(...args);
    const context = { ...stage.context(lookingBack), hubspot: { ...hubspot, readHistory } };
    await expect(syncMirror(context, null, () => undefined)).rejects.toThrow("503");
    expect(counted.calls).toBeGreaterThan(0);
    stage.hubspot.calls.length = 0;
    await sync(null);
    expect(stage.hubspot.calls).toEqual(["readHistory", "readHistory"]);
  });

  it("goes on as long as it comes further every day", async () => {
    await open("a first one that lists");
    for (let day = 0; day < 3; day += 1) {
      const { hubspot } = breaking(stage.hubspot.port, day === 0 ? 12 : 3);
      await expect(syncMirror({ ...stage.context(lookingBack), hubspot }, null, () => undefined)).rejects.toThrow(
        "503",
      );
      stage.clock.advance(DAY_MS - MINUTE_MS);
    }
    stage.hubspot.calls.length = 0;
    await sync(null);
    expect(stage.hubspot.calls).not.toContain("countRecords");
  });

  it("goes on listing what HubSpot refuses to search", async () => {
    await open("a first one that lists");
    await sync(null);
    stage.clock.advance(60 * MINUTE_MS);
    stage.hubspot.portal.put("ticket", "1", { hs_ticket_priority: "LOW" });
    const details = { call: "POST /fake", correlationId: null, status: 400, category: "VALIDATION_ERROR" };
    stage.hubspot.refuseSearch("ticket", new HubSpotRefused("Unable to infer object type", details));
    const listRecords: HubSpotPort["listRecords"] = (request) =>
      request.after === undefined ? stage.hubspot.port.listRecords(request) : Promise.reject(unavailable(503));
    const context = { ...stage.context(lookingBack), hubspot: { ...stage.hubspot.port, listRecords } };
    await expect(syncMirror(context, null, () => undefined)).rejects.toThrow("503");
    stage.hubspot.searchAgain("ticket");
    stage.hubspot.calls.length = 0;
    await sync(null);
    expect(stage.hubspot.calls[0]).toBe("listRecords");
    expect(await stage.store.settings.read("sync")).toBeNull();
  });

  it("keeps of the records behind a range's links only how far they are read", async () => {
    await open("a first one that follows links");
    for (let id = 10_000; id < 11_100; id += 1) putUrgentTicket(stage.hubspot, String(id), company("10"));
    for (let id = 20_000; id < 25_000; id += 1) putUrgentTicket(stage.hubspot, String(id));
    const kept: number[] = [];
    const context = stage.context(lookingBack);
    const write: typeof context.store.settings.write = (name, value) => {
      if (name === "sync") kept.push(JSON.stringify(value).length);
      return context.store.settings.write(name, value);
    };
    const store = { ...context.store, settings: { ...context.store.settings, write } };
    await syncMirror({ ...context, store }, null, () => undefined);
    expect(await stage.store.mirror.countRecords("ticket")).toBe(1_103);
    expect(stage.hubspot.calls.filter((call) => call === "readRecords")).toHaveLength(2);
    expect(Math.max(...kept)).toBeLessThan(3_000);
  });

  it.each([
    ["by other rules", () => syncMirror(stage.context(), null, () => undefined)],
    [
      "more than a day later",
      () => {
        stage.clock.advance(DAY_MS + 1);
        return sync(null);
      },
    ],
  ])("begins anew %s", async (_, again) => {
    await open("a first one that lists");
    stage.hubspot.failNext("listRecords", unavailable(503), "after");
    await expect(sync(null)).rejects.toThrow("503");
    stage.hubspot.calls.length = 0;
    await again();
    expect(stage.hubspot.calls).toContain("countRecords");
    expect((await stage.store.settings.read("mirror"))?.watermarks).toHaveProperty("invoice");
  });
});
