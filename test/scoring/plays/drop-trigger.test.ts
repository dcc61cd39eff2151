import { describe, expect, it } from "@jest/globals";
import { createHistory } from "../customer-history.ts";
import { levelFacts } from "../sample-facts.ts";
import { plainSignal, samplePlay, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

const play = samplePlay({
  trigger: { kind: "drops", score: "health", points: 15, within: { amount: 5, unit: "d" } },
  closeWhen: null,
});

describe("a score that drops by 15 points within 5 days", () => {
  it.each<[string, readonly (number | null | "done")[], number[]]>([
    ["at once makes a task", [80, 65], [2]],
    ["by one point less makes none", [80, 66], []],
    ["step by step makes one", [80, 76, 71, 65], [4]],
    ["from what stood at the start of the window", [80, 80, 80, 80, 80, 80, 65], [7]],
    ["more slowly than that makes none", [80, 77, 77, 74, 74, 71, 71, 68, 68, 65, 65], []],
    ["for the first time that it is known makes none", [null, 40], []],
    ["across a time without a score makes one", [80, null, 65], [3]],
    ["to no score makes none", [80, null, null], []],
    ["makes none while it stays down, nor once the window has gone by", [80, 60, "done", 60, 60, 60, 60, 60, 60], [2]],
    ["again within the window of the task makes none", [80, 60, "done", 80, 60, 60], [2]],
    ["again later makes the next", [80, 60, "done", 60, 80, 80, 80, 60], [2, 7]],
  ])("%s", (_, scores, expected) => {
    const history = createHistory(sampleRuleset({ plays: [play] }));
    const nights: number[] = [];
    let night = 0;
    for (const score of scores) {
      if (score === "done") history.endTasks();
      else {
        night += 1;
        if (history.decide(levelFacts(score)).tasks.length > 0) nights.push(night);
      }
    }
    expect(nights).toEqual(expected);
  });

  it("against another ruleset's score makes none", () => {
    const history = createHistory(sampleRuleset({ plays: [play] }));
    history.decide(levelFacts(80));
    history.changeRules(sampleRuleset({ plays: [play], hash: "second" }));
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
    expect(history.decide(levelFacts(25)).tasks).toHaveLength(1);
  });

  it("against its own rules' score from before other rules were in force makes none", () => {
    const history = createHistory(sampleRuleset({ plays: [play] }));
    history.decide(levelFacts(80));
    history.changeRules(sampleRuleset({ plays: [play], hash: "second" }));
    history.decide(levelFacts(40));
    history.changeRules(sampleRuleset({ plays: [play] }));
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
    expect(history.decide(levelFacts(25)).tasks).toHaveLength(1);
  });

  it("against the score before a phase makes none after it", () => {
    const when = [{ field: "plan", test: { kind: "is" as const, values: ["trial"] } }];
    const trial = { ...sampleScore(), name: "trial", label: "Trial", when };
    const signals = ["seats", "features", "nps", "plan"].map(plainSignal);
    const history = createHistory(
      sampleRuleset({ signals, scores: [sampleScore({ phases: [trial] })], plays: [play] }),
    );
    history.decide(levelFacts(80, { plan: "pro" }));
    history.decide(levelFacts(40, { plan: "trial" }));
    expect(history.decide(levelFacts(40, { plan: "pro" })).tasks).toEqual([]);
    expect(history.decide(levelFacts(40, { plan: "pro" })).tasks).toEqual([]);
  });

  it("makes no task that its play would close at once", () => {
    const closeWhen = [{ field: "health", test: { kind: "at_least" as const, than: 60 } }];
    const history = createHistory(sampleRuleset({ plays: [{ ...play, closeWhen }] }));
    history.decide(levelFacts(95));
    expect(history.decide(levelFacts(75)).tasks).toEqual([]);
    expect(history.decide(levelFacts(59)).tasks).toHaveLength(1);
  });

  it("against the score before it left makes none", () => {
    const history = createHistory(sampleRuleset({ plays: [play] }));
    history.decide(levelFacts(80));
    history.decide(levelFacts(80, { churned_at: "2026-10-02" }));
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
  });
});
