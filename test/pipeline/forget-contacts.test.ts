import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { PipelineContext } from "../../src/pipeline/pipeline-context.ts";
import { receiveHints } from "../../src/pipeline/receive.ts";
import type { Signal } from "../../src/scoring/ruleset/signal.ts";
import { company, putCompany } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const said = (name: string) => ({ name, label: name, unit: null });
const combined: Signal[] = [
  // Named before what it is worked out from.
  { ...said("weighted"), kind: "product", of: ["per_seat", 2] },
  { ...said("per_seat"), kind: "ratio", of: ["nps", "seats"], as: "number" },
  { ...said("due_per_seat"), kind: "ratio", of: ["due", "seats"], as: "number" },
];
const rules = pipelineRules({ signals: [...combined, ...pipelineRules().signals] });

describe("a contact who asks to be forgotten", () => {
  let stage: PipelineStage;
  let context: PipelineContext;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    context = stage.context(rules);
    putCompany(stage.hubspot, "10");
    stage.hubspot.portal.put("contact", "501", { nps_score: "9" }, [company("10")]);
    await stage.sweep(context);
    stage.hubspot.calls.length = 0;
  });
  afterAll(() => stage.database.drop());

  const hearOf = (id: string) =>
    receiveHints(stage.store.work, [{ type: "contact", id, echo: true, forget: true }], stage.clock.instant);
  const signals = async () => (await stage.store.decisions.read("10"))?.scores[0]?.detail.signals ?? {};
  const forgottenOf = async () =>
    Object.entries(await signals()).flatMap(([name, one]) => (!one.known && one.why === "forgotten" ? [name] : []));

  it("is gone at once, without a call, out of every signal that came of contacts", async () => {
    stage.hubspot.portal.remove("contact", "501");
    await hearOf("501");
    expect(await stage.workOn(context, "forget")).toBe(1);
    expect(stage.hubspot.calls).toEqual([]);
    expect(await stage.recordsOf("10")).toEqual([]);
    expect((await forgottenOf()).sort()).toEqual(["nps", "per_seat", "weighted"]);
    expect(await signals()).toMatchObject({ due_per_seat: { known: true } });
    await stage.workOff(context);
    expect(await forgottenOf()).toEqual([]);
    expect(await signals()).toMatchObject({ nps: { known: false, why: "none" } });
  });

  it("does not stay though a refresh that had read it saves it afterwards", async () => {
    await stage.hint("contact:501");
    stage.clock.advance(1_000);
    const { hubspot } = context;
    const overtaken: PipelineContext["hubspot"] = {
      ...hubspot,
      async readLinks(...given) {
        const links = await hubspot.readLinks(...given);
        stage.hubspot.portal.remove("contact", "501");
        await hearOf("501");
        await stage.workOn(context, "forget");
        return links;
      },
    };
    await stage.workOn({ ...context, hubspot: overtaken }, "refresh");
    expect(await stage.recordsOf("10")).toEqual(["contact:501"]);
    await stage.workOff(context);
    expect(await stage.recordsOf("10")).toEqual([]);
    expect(await signals()).toMatchObject({ nps: { known: false, why: "none" } });
  });

  it("is named in the log by its id alone", async () => {
    await hearOf("501");
    await stage.workOn(context, "forget");
    expect(stage.log.lines).toContainEqual({
      level: "info",
      message: "contacts were forgotten on request",
      fields: { contacts: ["501"] },
    });
  });
});
