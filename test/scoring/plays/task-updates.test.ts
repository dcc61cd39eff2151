import { describe, expect, it } from "@jest/globals";
import type { Play } from "../../../src/scoring/ruleset/play.ts";
import type { StandingTask } from "../../../src/scoring/plays/plan-tasks.ts";
import { createHistory } from "../customer-history.ts";
import { levelFacts } from "../sample-facts.ts";
import { samplePlay, sampleRuleset } from "../sample-ruleset.ts";

const under = (than: number) => [{ field: "health", test: { kind: "under" as const, than } }];
const escalations: Play["task"]["escalations"] = [
  { when: under(20), priority: "HIGH", type: "CALL", dueWorkingDays: 0 },
  { when: under(30), priority: "MEDIUM" },
];

describe("a task that stands", () => {
  it("is updated when its play calls again, and no second one is made", () => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ closeWhen: null })] }));
    for (const score of [80, 40, 80]) history.decide(levelFacts(score));
    const decision = history.decide(levelFacts(20));
    expect(decision.tasks).toEqual([]);
    expect(decision.updates).toMatchObject([
      {
        key: "follow-up-501-1",
        call: "follow-up-501-2",
        subject: "Nordvik AS: 20 (-60)",
        dueAt: new Date("2026-10-06T15:00:00Z"),
      },
    ]);
    expect(history.decide(levelFacts(20)).updates).toEqual([]);
  });

  it("is updated when an escalation newly holds, and stays so", () => {
    const task = { priority: "LOW", type: "TODO", dueWorkingDays: 5, escalations } as const;
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ task })] }));
    const settingsAt = (score: number) =>
      history
        .decide(levelFacts(score))
        .updates.map(({ priority, type, escalation, call }) => [priority, type, escalation, call]);
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(40)).tasks).toMatchObject([{ priority: "LOW", type: "TODO", escalation: null }]);
    expect(settingsAt(29)).toEqual([["MEDIUM", "TODO", 1, null]]);
    expect(settingsAt(28)).toEqual([]);
    expect(settingsAt(19)).toEqual([["HIGH", "CALL", 0, null]]);
    expect(settingsAt(40)).toEqual([]);
    expect(settingsAt(19)).toEqual([]);
  });

  it("is made by the escalation that holds already", () => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ task: { escalations } })] }));
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(10)).tasks).toMatchObject([
      { escalation: 0, dueAt: new Date("2026-10-02T15:00:00Z") },
    ]);
  });

  it.each<StandingTask["state"]>(["planned", "sending", "open"])("is updated when it is %s", (state) => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ task: { escalations } })] }));
    for (const score of [80, 40]) history.decide(levelFacts(score));
    history.markTasks(state);
    expect(history.decide(levelFacts(10)).updates).toHaveLength(1);
  });

  it("is left alone once a person has touched it, also when its cause is gone", () => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ task: { escalations } })] }));
    for (const score of [80, 40]) history.decide(levelFacts(score));
    history.markTasks("taken");
    expect(history.decide(levelFacts(10))).toMatchObject({ tasks: [], updates: [], closings: [] });
    expect(history.decide(levelFacts(90))).toMatchObject({ tasks: [], updates: [], closings: [] });
    expect(history.decide(levelFacts(10))).toMatchObject({ tasks: [], updates: [], closings: [] });
  });

  it("is closed rather than updated when its cause goes as an escalation comes", () => {
    const always = [{ when: [], priority: "LOW" as const }];
    const history = createHistory(sampleRuleset({ plays: [samplePlay()] }));
    for (const score of [80, 40]) history.decide(levelFacts(score));
    history.changeRules(sampleRuleset({ plays: [samplePlay({ task: { escalations: always } })] }));
    expect(history.decide(levelFacts(90))).toMatchObject({ updates: [], closings: [{ key: "follow-up-501-1" }] });
  });
});

describe("a task that waits for its turn", () => {
  const few = samplePlay({ weeklyCapacity: 1, closeWhen: null });

  it("is planned anew every night while it is called for", () => {
    const history = createHistory(sampleRuleset({ plays: [few] }));
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(40)).tasks).toMatchObject([{ weeklyCapacity: 1, rank: 60 }]);
    expect(history.decide(levelFacts(30))).toMatchObject({
      tasks: [],
      updates: [{ key: "follow-up-501-1", rank: 70, call: null }],
      closings: [],
    });
  });

  it("stays as it is through a night without a score", () => {
    const history = createHistory(sampleRuleset({ plays: [few] }));
    for (const score of [80, 40]) history.decide(levelFacts(score));
    expect(history.decide(levelFacts(null))).toMatchObject({ updates: [], closings: [] });
  });

  it.each([
    ["the customer is not in the band any more", sampleRuleset({ plays: [few] }), 60],
    ["the conditions hold no more", sampleRuleset({ plays: [{ ...few, conditions: under(35) }] }), 40],
    ["the play is gone", sampleRuleset({ plays: [] }), 30],
  ])("is ended when %s", (_, rules, score) => {
    const history = createHistory(sampleRuleset({ plays: [few] }));
    for (const before of [80, 30]) history.decide(levelFacts(before));
    history.changeRules(rules);
    expect(history.decide(levelFacts(score))).toMatchObject({ updates: [], closings: [{ key: "follow-up-501-1" }] });
  });

  it("of a drop is kept until its play's closing condition holds", () => {
    const trigger = { kind: "drops", score: "health", points: 15, within: { amount: 5, unit: "d" } } as const;
    const closeWhen = [{ field: "health", test: { kind: "at_least" as const, than: 75 } }];
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ trigger, closeWhen, weeklyCapacity: 1 })] }));
    for (const score of [90, 70]) history.decide(levelFacts(score));
    expect(history.decide(levelFacts(74))).toMatchObject({ updates: [{ key: "follow-up-501-1" }], closings: [] });
    expect(history.decide(levelFacts(75))).toMatchObject({ updates: [], closings: [{ key: "follow-up-501-1" }] });
  });
});
