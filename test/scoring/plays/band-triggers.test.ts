import { describe, expect, it } from "@jest/globals";
import type { Play } from "../../../src/scoring/ruleset/play.ts";
import type { Phase } from "../../../src/scoring/ruleset/score-rules.ts";
import { createHistory } from "../customer-history.ts";
import { levelFacts } from "../sample-facts.ts";
import { samplePlay, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

/** The nights (from 1) on which the play made a task, of a customer with these scores; `done` ends its task before the night. */
function nightsWithTask(play: Partial<Play>, scores: readonly (number | null | "done")[]): number[] {
  const history = createHistory(sampleRuleset({ plays: [samplePlay(play)] }));
  const nights: number[] = [];
  let night = 0;
  for (const score of scores) {
    if (score === "done") history.endTasks();
    else {
      night += 1;
      if (history.decide(levelFacts(score)).tasks.length > 0) nights.push(night);
    }
  }
  return nights;
}

const after = (amount: number): Play["rearm"] => ({ aboveEdge: 0, after: { amount, unit: "d" } });
const above = (aboveEdge: number): Play["rearm"] => ({ aboveEdge, after: null });
const both: Play["rearm"] = { aboveEdge: 10, after: { amount: 4, unit: "d" } };

describe("a score that enters a band below 50", () => {
  it.each<[string, Play["rearm"], readonly (number | null | "done")[], number[]]>([
    ["for the first time needs no points above", above(10), [55, 49], [2]],
    ["again without rearming makes a task each time", above(0), [80, 40, 51, 40, 51, 40], [2, 4, 6]],
    ["again from too little above the edge makes none", above(10), [80, 40, 59, 40, 59, 40], [2]],
    ["again from just enough above the edge makes one", above(10), [80, 40, 60, 40], [2, 4]],
    ["slowly, after enough points above", above(10), [80, 40, 60, 52, 40], [2, 5]],
    ["and stays there after its task was done makes none", above(10), [80, 40, "done", 40, 30], [2]],
    ["from a height before the task, which does not count", above(10), [80, 40, 55, 40], [2]],
    ["across a time without a score", above(10), [80, 40, 60, null, 40], [2, 5]],
    ["too early gets its task as soon as the time is over", after(4), [80, 40, 80, 40, 40, 40, 40], [2, 6]],
    ["too early and recovers before the time is over makes none", after(4), [80, 40, 80, 40, 80, 80, 80], [2]],
    ["late enough makes one", after(2), [80, 40, 80, 40], [2, 4]],
    ["too early, without the points above, makes none", both, [80, 40, 55, 40, 40, 40, 40, 40], [2]],
    ["too early, from enough points above, gets its task later", both, [80, 40, 60, 40, 40, 40, 40, 40], [2, 6]],
    [
      "after a customer's task was done and time passed, though it never rose, makes none",
      after(2),
      [80, 40, "done", 40, 40, 40],
      [2],
    ],
  ])("%s", (_, rearm, scores, expected) => {
    expect(nightsWithTask({ rearm }, scores)).toEqual(expected);
  });

  it("has nothing above it where it is the best: only the time counts", () => {
    const trigger = { kind: "enters", score: "health", band: "healthy" } as const;
    const play = {
      trigger,
      rearm: both,
      closeWhen: [{ field: "health", test: { kind: "not" as const, values: ["healthy"] } }],
    };
    expect(nightsWithTask(play, [60, 80, 60, 80, 60, 80])).toEqual([2, 6]);
  });
});

describe("a score that leaves a band", () => {
  const leaves = { trigger: { kind: "leaves", score: "health", band: "healthy" } as const, closeWhen: null };
  it.each<[string, Play["rearm"], readonly (number | null | "done")[], number[]]>([
    ["makes a task", above(0), [80, 60], [2]],
    ["across several bands makes one", above(0), [80, 10], [2]],
    ["into no score makes none until it is known", above(0), [80, null, 60], [3]],
    ["and comes back makes the next one", above(0), [80, 60, "done", 80, 60], [2, 4]],
    ["that it was not in makes none", above(0), [60, 40], []],
    ["again before the time is over makes none", after(4), [80, 60, "done", 80, 60, 60, 60, 60], [2]],
  ])("%s", (_, rearm, scores, expected) => {
    expect(nightsWithTask({ ...leaves, rearm }, scores)).toEqual(expected);
  });
});

describe("a play", () => {
  it("needs its conditions on signals and scores to hold on the night of the crossing", () => {
    const conditions = [
      { field: "seats", test: { kind: "under" as const, than: 30 } },
      { field: "health", test: { kind: "under" as const, than: 45 } },
    ];
    expect(nightsWithTask({ conditions }, [80, 40])).toEqual([]);
    expect(nightsWithTask({ conditions }, [80, 29])).toEqual([2]);
    expect(nightsWithTask({ conditions }, [80, 40, 29])).toEqual([]);
  });

  it("makes no task for the first score under another phase, nor from heights of another", () => {
    const onboarding: Phase = {
      ...sampleScore(),
      name: "onboarding",
      label: "Onboarding",
      when: [{ field: "seats", test: { kind: "under", than: 45 } }],
    };
    const scores = [sampleScore({ phases: [onboarding] })];
    const history = createHistory(sampleRuleset({ scores, plays: [samplePlay({ rearm: above(5) })] }));
    const tasksAt = (seats: string, rest: string) =>
      history.decide(levelFacts(0, { seats, features: rest, nps: rest })).tasks.length;
    expect([tasksAt("80", "80"), tasksAt("46", "46"), tasksAt("80", "80")]).toEqual([0, 1, 0]);
    // Of the other phase from here on, without and with rearming.
    const plain = createHistory(sampleRuleset({ scores }));
    plain.decide(levelFacts(80));
    expect(plain.decide(levelFacts(40)).tasks).toEqual([]);
    expect([tasksAt("40", "40"), tasksAt("44", "90"), tasksAt("40", "40")]).toEqual([0, 0, 1]);
  });

  it("makes no task for the first score under rules that were in force before, also where it is rearmed", () => {
    const rules = (hash: string) => sampleRuleset({ hash, plays: [samplePlay({ rearm: above(5) })] });
    const history = createHistory(rules("first"));
    for (const score of [80, 40, 80]) history.decide(levelFacts(score));
    history.changeRules(rules("second"));
    history.decide(levelFacts(40));
    history.changeRules(rules("first"));
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
  });

  it("makes no task for the first score of the rules after what a person has set", () => {
    const override = { score: "own", reason: "why", until: "until" };
    const history = createHistory(sampleRuleset({ scores: [sampleScore({ override })] }));
    const set = { own: "80", why: "New", until: "2026-10-01" };
    expect(history.decide(levelFacts(null, set)).scores).toMatchObject([{ value: 80, band: "healthy" }]);
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
    for (const score of [80, 40]) history.decide(levelFacts(score));
    expect(history.prior().tasks).toHaveLength(1);
  });

  it("makes one task for what a person has set while the score is not known, and no more", () => {
    const override = { score: "own", reason: "why", until: "until" };
    const history = createHistory(sampleRuleset({ scores: [sampleScore({ override })] }));
    const set = { own: "20", why: "They complain", until: "2026-12-01" };
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(null, set)).tasks).toHaveLength(1);
    history.endTasks();
    expect(history.decide(levelFacts(null, set)).tasks).toEqual([]);
  });

  it("starts anew for a customer that left and returned", () => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ rearm: above(5) })] }));
    for (const score of [80, 40, 80]) history.decide(levelFacts(score));
    history.decide(levelFacts(80, { churned_at: "2026-10-03" }));
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
    expect(history.decide(levelFacts(40)).tasks).toEqual([]);
  });
});
