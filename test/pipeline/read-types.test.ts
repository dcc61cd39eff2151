import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { isMirrorComplete, readMirrorState } from "../../src/pipeline/mirror-state.ts";
import { subscriptionsOf } from "../../src/pipeline/subscriptions.ts";
import { syncMirror } from "../../src/pipeline/sync/sync-mirror.ts";
import type { Source } from "../../src/scoring/facts.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import type { Signal } from "../../src/scoring/ruleset/signal.ts";
import { plainSignal } from "../scoring/sample-ruleset.ts";
import { company, contact, putCompany } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const count = (of: Source, links: "primary" | "all" = "primary"): Signal => ({
  name: of,
  label: of,
  unit: null,
  kind: "count",
  of,
  where: [],
  links,
  decay: null,
});
const rulesReading = (...signals: Signal[]): Ruleset => {
  const [score] = pipelineRules().scores;
  const [usage] = score?.dimensions ?? [];
  if (!score || !usage) throw new Error("The rules have a score with a dimension");
  return pipelineRules({
    signals: [plainSignal("seats"), ...signals],
    scores: [{ ...score, dimensions: [usage] }],
  });
};

describe("of the types of records", () => {
  let stage: PipelineStage;
  const calls: string[] = [];

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    putCompany(stage.hubspot, "10");
    putCompany(stage.hubspot, "11");
    const { portal } = stage.hubspot;
    portal.put("contact", "501", {}, [company("10")]);
    portal.put("ticket", "1", {}, [company("10")]);
    portal.put("deal", "2", { amount: "5" }, [company("10"), { type: "company", id: "11" }]);
    portal.put("subscription", "3", {}, [company("10")]);
    portal.put("feedback", "4", { hs_value: "9" }, [contact("501")]);
    calls.length = 0;
  });
  afterAll(() => stage.database.drop());

  /** Notes which types HubSpot is asked for. */
  function listening(ruleset: Ruleset) {
    const context = stage.context(ruleset);
    const { port } = stage.hubspot;
    const hubspot: typeof port = {
      ...port,
      listRecords: (request) => (calls.push(request.type), port.listRecords(request)),
      readRecords: (type, ...rest) => (calls.push(type), port.readRecords(type, ...rest)),
      readLinks: (from, to, ids) => (calls.push(from, to), port.readLinks(from, to, ids)),
    };
    return { ...context, hubspot };
  }
  const sync = (ruleset: Ruleset) => syncMirror(listening(ruleset), null, () => undefined);

  it.each([
    [[], ["contact"]],
    [["deals"], ["contact", "deal"]],
    [
      ["tickets", "invoices", "subscriptions", "feedback"],
      ["contact", "ticket", "invoice", "subscription", "feedback"],
    ],
  ] as const)("only those are read, by night and by day, that the rules name: %j", async (sources, types) => {
    const rules = rulesReading(...sources.map((of) => count(of)));
    await sync(rules);
    expect([...new Set(calls)].sort()).toEqual(["company", ...types].sort());
    const held = ["contact:501", "deal:2", "feedback:4", "subscription:3", "ticket:1"];
    const named = held.filter((key) => types.some((type) => key.startsWith(`${type}:`)));
    expect(await stage.recordsOf("10")).toEqual(named);

    calls.length = 0;
    putCompany(stage.hubspot, "12");
    await stage.hint("company:12", "deal:2", "ticket:1");
    stage.clock.advance(1_000);
    await stage.workOn(listening(rules), "refresh");
    expect([...new Set(calls)].sort()).toEqual(
      ["company", ...types.filter((type) => type !== "contact"), "contact"].sort(),
    );
    expect(await stage.recordsOf("10")).toEqual(named);
  });

  it("one that rules come to name is read as a whole, and one that they name no more is forgotten", async () => {
    const isComplete = async (rules: Ruleset) =>
      isMirrorComplete(await readMirrorState(stage.store), stage.context(rules).rules);
    const [deals, tickets] = [rulesReading(count("deals")), rulesReading(count("tickets"))];
    await sync(deals);
    expect([await isComplete(deals), await isComplete(tickets)]).toEqual([true, false]);
    await sync(tickets);
    expect([await isComplete(deals), await isComplete(tickets)]).toEqual([false, true]);
    expect(await stage.recordsOf("10")).toEqual(["contact:501", "ticket:1"]);
    await sync(deals);
    expect(await stage.recordsOf("10")).toEqual(["contact:501", "deal:2"]);
  });

  it("one that may not be read is unknown, and does not keep the mirror from being complete", async () => {
    stage.hubspot.forbid("subscription");
    const rules = rulesReading(count("subscriptions"), count("deals"));
    await stage.sweep(stage.context(rules));
    expect((await stage.store.decisions.read("10"))?.scores[0]?.detail.signals).toMatchObject({
      subscriptions: { known: false, why: "unreadable" },
      deals: { known: true, value: 1 },
    });
  });

  it("one counts at every company that it is linked to where the rules say so", async () => {
    await stage.sweep(stage.context(rulesReading(count("deals", "all"))));
    const dealsAt = async (id: string) => (await stage.store.decisions.read(id))?.scores[0]?.detail.signals["deals"];
    expect([await dealsAt("10"), await dealsAt("11")]).toMatchObject([{ value: 1 }, { value: 1 }]);
    await stage.sweep(stage.context(rulesReading(count("deals"))));
    expect([await dealsAt("10"), await dealsAt("11")]).toMatchObject([{ value: 1 }, { value: 0 }]);
  });

  it("those are subscribed to that the rules name, by HubSpot's names, and contacts", () => {
    const rules = rulesReading(count("feedback"), count("deals"));
    const subscriptions = subscriptionsOf(stage.context(rules).rules);
    expect([...new Set(subscriptions.flatMap((one) => ("objectType" in one ? one.objectType : [])))]).toEqual([
      "company",
      "contact",
      "deal",
      "feedback_submission",
      "task",
    ]);
  });
});
