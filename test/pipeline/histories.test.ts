import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { isMirrorComplete, readMirrorState } from "../../src/pipeline/mirror-state.ts";
import { syncMirror } from "../../src/pipeline/sync/sync-mirror.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { unavailable } from "../fakes/fake-hubspot.ts";
import { factsOf } from "../store/facts-of.ts";
import { putCompany } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

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

describe("the past of properties", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    putCompany(stage.hubspot, "10", { seats: "40" });
    stage.clock.advance(5 * DAY_MS);
    putCompany(stage.hubspot, "10", { seats: "60" });
  });
  afterAll(() => stage.database.drop());

  const sync = (ruleset: Ruleset) => syncMirror(stage.context(ruleset), null, () => undefined);
  const seatsOf = async (id: string) => {
    const { history } = await factsOf(stage.store, id);
    return history["seats"]?.map(({ value }) => value);
  };
  const isComplete = async (ruleset: Ruleset) =>
    isMirrorComplete(await readMirrorState(stage.store), stage.context(ruleset).rules);

  it("is not asked for where no rule looks back", async () => {
    await stage.sweep(stage.context());
    expect(stage.hubspot.calls).not.toContain("readHistory");
    expect(await seatsOf("10")).toBeUndefined();
  });

  it("is asked for once when rules come to look back, and grows with what changes", async () => {
    await sync(pipelineRules());
    expect(await isComplete(lookingBack)).toBe(false);
    stage.hubspot.calls.length = 0;
    await sync(lookingBack);
    expect(stage.hubspot.calls.filter((call) => call === "readHistory")).toHaveLength(1);
    expect(await isComplete(lookingBack)).toBe(true);
    expect(await seatsOf("10")).toEqual(["40", "60"]);

    stage.hubspot.calls.length = 0;
    stage.clock.advance(DAY_MS);
    putCompany(stage.hubspot, "10", { seats: "70" });
    await sync(lookingBack);
    expect(await seatsOf("10")).toEqual(["40", "60", "70"]);
    expect(stage.hubspot.calls).not.toContain("readHistory");
  });

  it("is asked for again when that failed, and the mirror is not complete before", async () => {
    stage.hubspot.failNext("readHistory", unavailable(503));
    await expect(sync(lookingBack)).rejects.toThrow();
    expect(await isComplete(lookingBack)).toBe(false);
    await sync(lookingBack);
    expect(await seatsOf("10")).toEqual(["40", "60"]);
  });

  it("comes with a new customer, before its first score", async () => {
    const context = stage.context(lookingBack);
    await stage.sweep(context);
    putCompany(stage.hubspot, "20", { seats: "10" });
    stage.clock.advance(40 * DAY_MS);
    putCompany(stage.hubspot, "20", { seats: "90" });
    await stage.hint("company:20");
    await stage.workOff(context);
    const signals = (await stage.store.decisions.read("20"))?.scores[0]?.detail.signals;
    expect(signals?.["growth"]).toMatchObject({ known: true, value: 80 });
  });

  it("is dropped when no rule looks back any more", async () => {
    await sync(lookingBack);
    await sync(pipelineRules());
    expect(await seatsOf("10")).toBeUndefined();
    expect(await isComplete(lookingBack)).toBe(false);
    await sync(lookingBack);
    expect(await seatsOf("10")).toEqual(["40", "60"]);
  });
});
