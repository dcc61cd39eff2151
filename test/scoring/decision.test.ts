import { describe, expect, it } from "@jest/globals";
import type { Facts } from "../../src/scoring/facts.ts";
import { churnedScore } from "../../src/scoring/scores/score.ts";
import { createHistory } from "./customer-history.ts";
import { levelFacts } from "./sample-facts.ts";
import { samplePlay, sampleRuleset } from "./sample-ruleset.ts";

const keysOf = (tasks: readonly { key: string }[]) => tasks.map(({ key }) => key);

describe("a drop", () => {
  it("makes one task, and none while it stands", () => {
    const history = createHistory(sampleRuleset());
    expect(history.decide(levelFacts(80)).tasks).toEqual([]);
    expect(history.decide(levelFacts(40)).tasks).toEqual([
      {
        key: "follow-up-501-1",
        companyId: "501",
        play: "follow-up",
        subject: "Nordvik AS: 40 (-40)",
        body: "At risk\n- seats: 40\n- features: 40\n- nps: 40",
        dueAt: new Date("2026-10-06T15:00:00Z"),
        dueWorkingDays: 2,
        ownerId: "7",
        team: [],
        priority: "HIGH",
        type: "CALL",
        escalation: null,
        rank: 60,
        weeklyCapacity: null,
        call: "follow-up-501-1",
      },
    ]);
    expect(history.decide(levelFacts(30)).tasks).toEqual([]);
    expect(history.decide(levelFacts(20)).closings).toEqual([]);
  });

  it("at the edge makes none: 50 is not below 50", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(50)).tasks).toEqual([]);
    expect(keysOf(history.decide(levelFacts(49)).tasks)).toEqual(["follow-up-501-1"]);
  });

  it("makes none again for the same crossing when a person ended the task", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(80));
    history.decide(levelFacts(40));
    history.endTasks();
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
  });

  it("closes the task when the customer recovers, with the reason, and the next drop counts on", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(80));
    history.decide(levelFacts(40));
    expect(history.decide(levelFacts(60)).closings).toEqual([
      {
        key: "follow-up-501-1",
        reason: "Closed on 3 October 2026: the customer is now in “Watch” with a score of 60.",
      },
    ]);
    expect(keysOf(history.decide(levelFacts(10)).tasks)).toEqual(["follow-up-501-2"]);
  });

  it("leaves the task of a play without close_when, or of one that is gone", () => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ closeWhen: null })] }));
    history.decide(levelFacts(80));
    history.decide(levelFacts(40));
    expect(history.decide(levelFacts(90)).closings).toEqual([]);
    history.changeRules(sampleRuleset({ plays: [] }));
    expect(history.decide(levelFacts(90)).closings).toEqual([]);
  });

  it("fires a play on any band that is entered, upwards too", () => {
    const play = samplePlay({
      slug: "review",
      trigger: { kind: "enters", score: "health", band: "healthy" },
      closeWhen: null,
    });
    const history = createHistory(sampleRuleset({ plays: [play, samplePlay()] }));
    history.decide(levelFacts(60));
    expect(keysOf(history.decide(levelFacts(80)).tasks)).toEqual(["review-501-1"]);
    expect(keysOf(history.decide(levelFacts(10)).tasks)).toEqual(["follow-up-501-1"]);
  });
});

describe("a baseline", () => {
  it("is the first score: no task, whatever the band", () => {
    const history = createHistory(sampleRuleset());
    expect(history.decide(levelFacts(10)).tasks).toEqual([]);
    expect(history.decide(levelFacts(10)).tasks).toEqual([]);
  });

  it("is the first after a time without any score", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(null));
    expect(history.decide(levelFacts(10)).tasks).toEqual([]);
  });

  it("is the first under another ruleset", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(80));
    history.changeRules(sampleRuleset({ hash: "second" }));
    expect(history.decide(levelFacts(10)).tasks).toEqual([]);
    history.decide(levelFacts(80));
    expect(keysOf(history.decide(levelFacts(10)).tasks)).toEqual(["follow-up-501-1"]);
  });

  it("is the first under another ruleset also after a night without a score", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(80));
    history.changeRules(sampleRuleset({ hash: "second" }));
    history.decide(levelFacts(null));
    expect(history.decide(levelFacts(10)).tasks).toEqual([]);
  });

  it("can be given its tasks on purpose, none where one stands, nor for an unknown score or one that has left", () => {
    const history = createHistory(sampleRuleset());
    const decideAll = (facts: Facts) =>
      keysOf(history.decide(facts, { active: new Set(), idByEmail: new Map() }, true).tasks);
    expect(decideAll(levelFacts(null))).toEqual([]);
    expect(decideAll(levelFacts(80))).toEqual([]);
    expect(decideAll(levelFacts(10, { churned_at: "2026-09-30" }))).toEqual([]);
    expect(decideAll(levelFacts(10))).toEqual(["follow-up-501-1"]);
    expect(decideAll(levelFacts(10))).toEqual([]);
  });
});

describe("a time without a score", () => {
  it("makes and closes no task, and keeps the last named band", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(80));
    const unknown = history.decide(levelFacts(null));
    expect(unknown).toMatchObject({ tasks: [], closings: [], scores: [{ value: null, band: "unknown" }] });
    expect(unknown.values).toMatchObject({ chs_health_score: "", chs_health_band: "unknown", chs_health_reasons: "" });
    expect(keysOf(history.decide(levelFacts(40)).tasks)).toEqual(["follow-up-501-1"]);
    expect(history.decide(levelFacts(null)).closings).toEqual([]);
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
    expect(history.decide(levelFacts(60)).closings).toHaveLength(1);
  });
});

describe("a company that is no customer", () => {
  it("keeps its values in the band churned when it has left, with its tasks closed and no score", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(80));
    const before = history.decide(levelFacts(40)).values;
    const decision = history.decide(levelFacts(10, { churned_at: "2026-10-02" }));
    expect(decision).toMatchObject({ standing: "left", tasks: [] });
    expect(decision.scores).toEqual([churnedScore("health", "first", 40)]);
    expect(decision.values).toEqual({ ...before, chs_health_band: "churned" });
    expect(decision.closings).toEqual([
      { key: "follow-up-501-1", reason: "Closed on 3 October 2026: the customer has left." },
    ]);
    expect(history.decide(levelFacts(10, { churned_at: "2026-10-02" })).values).toEqual(decision.values);
    const returned = history.decide(levelFacts(40));
    expect(returned.values.chs_health_band).toBe("at_risk");
    expect(returned.tasks).toEqual([]);
  });

  it("has nothing written and its tasks closed when it was never one, or is one no more", () => {
    const history = createHistory(sampleRuleset());
    history.decide(levelFacts(80));
    history.decide(levelFacts(40));
    const stranger = history.decide(levelFacts(40, { lifecyclestage: "lead" }));
    expect(stranger).toMatchObject({ standing: "stranger", values: {}, scores: [], tasks: [] });
    expect(stranger.closings).toHaveLength(1);
  });
});

describe("a quiet night", () => {
  it("gives the same values, scored_at among them, until something is told anew", () => {
    const history = createHistory(sampleRuleset());
    const first = history.decide(levelFacts(80)).values;
    expect(first).toMatchObject({ chs_health_scored_at: String(Date.parse("2026-10-01T03:00:00Z")) });
    expect(history.decide(levelFacts(80)).values).toEqual(first);
    const changed = history.decide(levelFacts(81)).values;
    expect(changed).toMatchObject({
      chs_health_score: "81",
      chs_health_scored_at: String(Date.parse("2026-10-03T03:00:00Z")),
    });
    expect(history.decide(levelFacts(81)).values).toEqual(changed);
  });
});
