import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HubSpotRefused } from "../../src/pipeline/hubspot-errors.ts";
import type { ListRequest, SearchRequest } from "../../src/pipeline/hubspot-port.ts";
import type { PipelineContext } from "../../src/pipeline/pipeline-context.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { unavailable } from "../fakes/fake-hubspot.ts";
import { plainRule, sampleScore } from "../scoring/sample-ruleset.ts";
import { company, putCompany, putUrgentTicket } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

/** Half of the score comes from a property that the first rules did not name. */
function widerRules(): Ruleset {
  const { signals } = pipelineRules();
  const logins = { name: "logins", label: "Logins", unit: null, kind: "value", property: "logins" } as const;
  const rules = [plainRule("seats"), plainRule("logins")];
  return pipelineRules({
    hash: "second",
    signals: [...signals, { ...logins, by: null, expires: null }],
    scores: [sampleScore({ dimensions: [{ name: "usage", label: "Use", weight: 1, rules }] })],
  });
}

describe("rules that are changed while the service runs", () => {
  let stage: PipelineStage;
  let context: PipelineContext;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    putCompany(stage.hubspot, "10", { seats: "90", logins: "0" });
    const first = stage.context();
    // As the worker does: each piece of work is done by the rules that are in force when it begins.
    context = Object.defineProperty(first, "rules", { get: () => first.rulesInForce.current(), enumerable: true });
    await stage.sweep(context);
    expect(await stage.valueOf("10", "score")).toBe("95");
  });
  afterAll(() => stage.database.drop());

  const offer = async (ruleset: Ruleset) => {
    context.rulesInForce.offer({ rules: compileRuleset(ruleset), text: `text of ${ruleset.hash}` });
    await stage.store.work.mark([{ kind: "sweep", key: "nightly", priority: "webhook" }], stage.clock.instant);
  };
  const inForce = () => context.rulesInForce.current().ruleset.hash;

  it("come into force once what they name is read, and score everybody without a task", async () => {
    await offer(widerRules());
    expect(inForce()).toBe("first");
    await stage.workOff(context);
    expect(inForce()).toBe("second");
    expect(context.rulesInForce.waiting()).toBeNull();
    expect(await stage.valueOf("10", "score")).toBe("45");
    expect(await stage.tasks()).toEqual([]);
    expect((await stage.store.rulesets.list()).map(({ hash, text }) => [hash, text])).toEqual([
      ["second", "text of second"],
    ]);
  });

  it("wait while HubSpot cannot be read, and the old ones score until then", async () => {
    await offer(widerRules());
    stage.hubspot.failNext("listRecords", unavailable(503));
    await expect(stage.workOn(context, "sweep")).rejects.toThrow("503");
    expect(inForce()).toBe("first");

    putCompany(stage.hubspot, "10", { seats: "60", logins: "0" });
    await stage.hint("company:10");
    stage.clock.advance(1_000);
    for (const kind of ["refresh", "rescore"] as const) await stage.workOn(context, kind);
    expect(await stage.valueOf("10", "score")).toBe("80");

    await stage.workOff(context);
    expect(inForce()).toBe("second");
    expect(await stage.valueOf("10", "score")).toBe("30");
  });

  it("leave nothing of what they have read unscored when they fail half way", async () => {
    putUrgentTicket(stage.hubspot, "1", company("10"));
    await stage.sweep(context);
    const before = await stage.valueOf("10", "score");
    await offer(
      pipelineRules({ ...widerRules(), customers: { ...pipelineRules().customers, value: "arr" }, hash: "failing" }),
    );
    // Read with the companies, and told by no webhook before the reading fails.
    putCompany(stage.hubspot, "10", { seats: "10", logins: "0" });
    let isAway = true;
    const broken = {
      ...context.hubspot,
      searchRecords: (request: SearchRequest) =>
        isAway ? Promise.reject(unavailable(503)) : stage.hubspot.port.searchRecords(request),
    };
    const failing = Object.defineProperty({ ...context, hubspot: broken }, "rules", {
      get: () => context.rulesInForce.current(),
      enumerable: true,
    });
    await expect(stage.workOn(failing, "sweep")).rejects.toThrow("503");
    expect(inForce()).toBe("first");
    stage.clock.advance(1_000);
    await stage.workOn(failing, "rescore");
    expect(await stage.valueOf("10", "score")).not.toBe(before);

    isAway = false;
    await stage.workOff(context);
    expect(inForce()).toBe("failing");
  });

  it("do not keep the old ones from the night while HubSpot cannot answer them", async () => {
    await offer(widerRules());
    await stage.store.sweeps.request(stage.clock.instant, { tasksForCurrent: true }, stage.clock.instant);
    stage.hubspot.failNext("ensurePropertyGroup", unavailable(503));
    stage.hubspot.failNext("readPropertyDefinitions", unavailable(503));
    await expect(stage.workOn(context, "sweep")).rejects.toThrow("503");
    expect(inForce()).toBe("first");
    expect(await stage.store.sweeps.next()).toBeNull();
  });

  it("are not put into force when the file was put back while they were read", async () => {
    await offer(widerRules());
    const listRecords = (request: ListRequest) => stage.hubspot.port.listRecords(request);
    const putBack = {
      ...context.hubspot,
      listRecords: (request: ListRequest) => {
        context.rulesInForce.offer({ rules: compileRuleset(pipelineRules()), text: "text of first" });
        return listRecords(request);
      },
    };
    const reading = Object.defineProperty({ ...context, hubspot: putBack }, "rules", {
      get: () => context.rulesInForce.current(),
      enumerable: true,
    });
    await stage.workOn(reading, "sweep");
    await stage.workOff(context);
    expect(inForce()).toBe("first");
    expect(await stage.valueOf("10", "score")).toBe("95");
  });

  it("do not keep the old ones from the night where HubSpot refuses them", async () => {
    await offer(pipelineRules({ hash: "refused", scores: [sampleScore({ property: "chs_other_score" })] }));
    const details = { call: "POST /properties", correlationId: null, status: 400, category: "VALIDATION_ERROR" };
    stage.hubspot.failNext("createProperties", new HubSpotRefused("no such type", details));
    await stage.sweep(context);
    expect(inForce()).toBe("first");
    expect(await stage.store.sweeps.next()).toBeNull();
    expect(stage.log.lines.filter(({ level }) => level === "error").map(({ message }) => message)).toEqual([
      "HubSpot refuses what the new rules need; the old ones stay in force",
    ]);

    await stage.sweep(context);
    expect(inForce()).toBe("refused");
  });

  it("are those in force again when the change is taken back", async () => {
    await offer(widerRules());
    await offer(pipelineRules());
    await stage.workOff(context);
    expect(inForce()).toBe("first");
    expect(await stage.store.rulesets.list()).toEqual([]);
  });
});
