import { describe, expect, it } from "@jest/globals";
import type { Trigger } from "../../../src/scoring/ruleset/play.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import type { Signal } from "../../../src/scoring/ruleset/signal.ts";
import { createHistory } from "../customer-history.ts";
import { levelFacts } from "../sample-facts.ts";
import { plainSignal, samplePlay, sampleRuleset } from "../sample-ruleset.ts";

const login: Signal = {
  name: "quiet",
  label: "Quiet",
  unit: null,
  kind: "days_since",
  of: "company",
  field: "last_login_at",
};
const renewal: Signal = {
  name: "renewal",
  label: "Renewal",
  unit: null,
  kind: "days_until",
  of: "company",
  field: "renewal_date",
};

function rulesOf(signal: string, value: number, given: Partial<Ruleset> = {}): Ruleset {
  const trigger: Trigger = { kind: "reaches", signal, value, grace: { amount: 7, unit: "d" } };
  const signals = [...["seats", "features", "nps", "tickets"].map(plainSignal), login, renewal];
  return sampleRuleset({ signals, plays: [samplePlay({ slug: "reach", trigger, closeWhen: null })], ...given });
}
const keysOf = (tasks: readonly { key: string }[]) => tasks.map(({ key }) => key);

// The first night is that of 2026-10-01.
describe("a count of days that comes to 90", () => {
  it.each([
    ["a day before", "2026-07-04", []],
    ["on the day", "2026-07-03", ["reach-501-2026-07-03"]],
    ["as late as the grace", "2026-06-26", ["reach-501-2026-06-26"]],
    ["a day later than the grace", "2026-06-25", []],
    ["at 400 days", "2025-08-27", []],
    ["where it is not known", null, []],
  ])("makes on a first score, %s", (_, last_login_at, expected) => {
    const history = createHistory(rulesOf("quiet", 90));
    expect(keysOf(history.decide(levelFacts(80, { last_login_at })).tasks)).toEqual(expected);
  });

  it("makes one task when nights are missed, and none again after it", () => {
    const history = createHistory(rulesOf("quiet", 90));
    const facts = levelFacts(80, { last_login_at: "2026-07-05" });
    expect(history.decide(facts).tasks).toEqual([]);
    history.skip(2);
    expect(keysOf(history.decide(facts).tasks)).toEqual(["reach-501-2026-07-05"]);
    history.endTasks();
    expect(history.decide(facts)).toMatchObject({ tasks: [], updates: [] });
    expect(history.decide(facts).tasks).toEqual([]);
  });

  it("needs no score of the same rules", () => {
    const history = createHistory(rulesOf("quiet", 90));
    const facts = levelFacts(80, { last_login_at: "2026-07-04" });
    expect(history.decide(facts).tasks).toEqual([]);
    history.changeRules(rulesOf("quiet", 90, { hash: "second" }));
    expect(keysOf(history.decide(facts).tasks)).toEqual(["reach-501-2026-07-04"]);
  });

  it("makes no second one for the same date when the number is changed", () => {
    const history = createHistory(rulesOf("quiet", 90));
    const facts = levelFacts(80, { last_login_at: "2026-07-03" });
    expect(history.decide(facts).tasks).toHaveLength(1);
    history.endTasks();
    history.changeRules(rulesOf("quiet", 91, { hash: "second" }));
    expect(history.decide(facts).tasks).toEqual([]);
  });

  it("makes none without a score, nor for a customer that has left", () => {
    const history = createHistory(rulesOf("quiet", 90));
    expect(history.decide(levelFacts(null, { last_login_at: "2026-07-03" })).tasks).toEqual([]);
    expect(history.decide(levelFacts(80, { last_login_at: "2026-07-03", churned_at: "2026-10-01" })).tasks).toEqual([]);
    expect(history.decide(levelFacts(80, { last_login_at: "2026-07-03" })).tasks).toHaveLength(1);
  });

  it("counts anew from another day", () => {
    const history = createHistory(rulesOf("quiet", 2));
    expect(keysOf(history.decide(levelFacts(80, { last_login_at: "2026-09-29" })).tasks)).toEqual([
      "reach-501-2026-09-29",
    ]);
    history.endTasks();
    expect(history.decide(levelFacts(80, { last_login_at: "2026-10-02" })).tasks).toEqual([]);
    history.skip(1);
    expect(keysOf(history.decide(levelFacts(80, { last_login_at: "2026-10-02" })).tasks)).toEqual([
      "reach-501-2026-10-02",
    ]);
  });
});

describe("days that run down to 30", () => {
  it.each([
    ["a day before", "2026-11-01", []],
    ["on the day", "2026-10-31", ["reach-501-2026-10-31"]],
    ["as late as the grace", "2026-10-24", ["reach-501-2026-10-24"]],
    ["later", "2026-10-23", []],
  ])("make a task %s", (_, renewal_date, expected) => {
    const history = createHistory(rulesOf("renewal", 30));
    expect(keysOf(history.decide(levelFacts(80, { renewal_date })).tasks)).toEqual(expected);
  });

  it("update the task that stands when the date is moved, once", () => {
    const history = createHistory(rulesOf("renewal", 30));
    history.decide(levelFacts(80, { renewal_date: "2026-10-31" }));
    const moved = levelFacts(80, { renewal_date: "2026-10-30" });
    expect(history.decide(moved)).toMatchObject({
      tasks: [],
      updates: [{ key: "reach-501-2026-10-31", call: "reach-501-2026-10-30" }],
    });
    expect(history.decide(moved)).toMatchObject({ tasks: [], updates: [] });
  });
});

describe("any other signal that comes to 5", () => {
  it.each<[string, readonly (string | null)[], number[]]>([
    ["from below makes a task", ["4", "5"], [2]],
    ["by a leap makes one", ["1", "40"], [2]],
    ["and stays makes no other", ["4", "5", "6"], [2]],
    ["on the first score makes none", ["9", "9"], []],
    ["from not known makes none", ["4", null, "9"], []],
    ["again makes the next", ["4", "5", "4", "5"], [2, 4]],
  ])("%s", (_, values, expected) => {
    const history = createHistory(rulesOf("tickets", 5));
    const nights = values.flatMap((tickets, index) => {
      const { tasks } = history.decide(levelFacts(80, { tickets }));
      history.endTasks();
      return tasks.length > 0 ? [index + 1] : [];
    });
    expect(nights).toEqual(expected);
  });

  it("makes none over the first score that is known", () => {
    const history = createHistory(rulesOf("tickets", 5));
    history.decide(levelFacts(null, { tickets: "4" }));
    expect(history.decide(levelFacts(80, { tickets: "5" })).tasks).toEqual([]);
  });

  it("makes one where the score was not known for a night", () => {
    const history = createHistory(rulesOf("tickets", 5));
    history.decide(levelFacts(80, { tickets: "4" }));
    history.decide(levelFacts(null, { tickets: "4" }));
    expect(history.decide(levelFacts(80, { tickets: "5" })).tasks).toHaveLength(1);
  });

  it.each([
    [
      "under other rules",
      (history: ReturnType<typeof createHistory>) => history.changeRules(rulesOf("tickets", 5, { hash: "second" })),
    ],
    [
      "before it left",
      (history: ReturnType<typeof createHistory>) =>
        history.decide(levelFacts(80, { tickets: "4", churned_at: "2026-10-02" })),
    ],
  ])("from what it was %s makes none", (_, happen) => {
    const history = createHistory(rulesOf("tickets", 5));
    history.decide(levelFacts(80, { tickets: "4" }));
    happen(history);
    expect(history.decide(levelFacts(80, { tickets: "5" })).tasks).toEqual([]);
  });
});
