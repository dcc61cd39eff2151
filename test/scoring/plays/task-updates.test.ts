import { describe, expect, it } from "@jest/globals";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import type { Play } from "../../../src/scoring/ruleset/play.ts";
import type { StandingTask } from "../../../src/scoring/plays/plan-tasks.ts";
import { createHistory } from "../customer-history.ts";
import { levelFacts } from "../sample-facts.ts";
import { plainSignal, samplePlay, sampleRuleset } from "../sample-ruleset.ts";

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
        .updates.map(({ priority, type, subject, call }) => [priority, type, subject, call]);
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(40)).tasks).toMatchObject([{ priority: "LOW", type: "TODO", escalation: null }]);
    expect(settingsAt(29)).toEqual([["MEDIUM", "TODO", "Nordvik AS: 29 (-51)", null]]);
    expect(settingsAt(28)).toEqual([]);
    expect(settingsAt(19)).toEqual([["HIGH", "CALL", "Nordvik AS: 19 (-61)", null]]);
    expect(settingsAt(40)).toEqual([]);
    expect(settingsAt(19)).toEqual([]);
  });

  it("is made by the escalation that holds already", () => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ task: { escalations } })] }));
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(10)).tasks).toMatchObject([
      { priority: "HIGH", dueAt: new Date("2026-10-02T15:00:00Z") },
    ]);
  });

  it("is not updated when another escalation comes before the one that holds, but when that one changes", () => {
    const [urgent, medium] = escalations as [(typeof escalations)[0], (typeof escalations)[0]];
    const rules = (...escalate: typeof escalations) =>
      sampleRuleset({ plays: [samplePlay({ task: { escalations: escalate } })] });
    const history = createHistory(rules(medium));
    for (const score of [80, 25]) history.decide(levelFacts(score));
    history.changeRules(rules(urgent, medium));
    expect(history.decide(levelFacts(25)).updates).toEqual([]);
    history.changeRules(rules(urgent, { ...medium, priority: "LOW" }));
    expect(history.decide(levelFacts(25)).updates).toMatchObject([{ priority: "LOW" }]);
  });

  it("is not made after all when the score is not known any more", () => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ closeWhen: null })] }));
    for (const score of [80, 40]) history.decide(levelFacts(score));
    history.markTasks("planned");
    expect(history.decide(levelFacts(null)).closings).toMatchObject([{ key: "follow-up-501-1" }]);
  });

  it("is left open in HubSpot while the score is not known", () => {
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ closeWhen: null })] }));
    for (const score of [80, 40]) history.decide(levelFacts(score));
    expect(history.decide(levelFacts(null))).toMatchObject({ updates: [], closings: [] });
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
  const drops = { kind: "drops", score: "health", points: 15, within: { amount: 5, unit: "d" } } as const;
  const leaves = { kind: "leaves", score: "health", band: "healthy" } as const;
  const reaches = (signal: string) => ({ kind: "reaches", signal, value: 5, grace: { amount: 7, unit: "d" } }) as const;

  it("is planned anew every night while it is called for", () => {
    const history = createHistory(sampleRuleset({ plays: [few] }));
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(40)).tasks).toMatchObject([{ weeklyCapacity: 1, rank: 60 }]);
    const updates = [{ key: "follow-up-501-1", rank: 70, call: null, subject: "Nordvik AS: 30 (-50)" }];
    expect(history.decide(levelFacts(30))).toMatchObject({ tasks: [], updates, closings: [] });
    expect(history.decide(levelFacts(30))).toMatchObject({ tasks: [], updates, closings: [] });
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

  it.each<[string, Play["trigger"], [number, PropertyValues][], boolean]>([
    [
      "a drop that is made good",
      drops,
      [
        [90, {}],
        [60, {}],
        [76, {}],
      ],
      true,
    ],
    [
      "a drop that is made good in part",
      drops,
      [
        [90, {}],
        [60, {}],
        [75, {}],
      ],
      false,
    ],
    [
      "a drop of longer ago than its window",
      drops,
      [[90, {}], ...Array.from({ length: 9 }, (): [number, PropertyValues] => [60, {}])],
      false,
    ],
    [
      "a band that the customer is back in",
      leaves,
      [
        [90, {}],
        [60, {}],
        [75, {}],
      ],
      true,
    ],
    [
      "a band that the customer is not back in",
      leaves,
      [
        [90, {}],
        [60, {}],
        [74, {}],
      ],
      false,
    ],
    [
      "a number that is not reached any more",
      reaches("tickets"),
      [
        [80, { tickets: "4" }],
        [80, { tickets: "5" }],
        [80, { tickets: "4" }],
      ],
      true,
    ],
    [
      "a number that is not known any more",
      reaches("tickets"),
      [
        [80, { tickets: "4" }],
        [80, { tickets: "5" }],
        [80, {}],
      ],
      false,
    ],
    [
      "a count of days that begins anew",
      reaches("quiet"),
      [
        [80, { login: "2026-09-26" }],
        [80, { login: "2026-10-02" }],
      ],
      true,
    ],
    [
      "a count of days that goes on",
      reaches("quiet"),
      [
        [80, { login: "2026-09-26" }],
        [80, { login: "2026-09-26" }],
      ],
      false,
    ],
    [
      "a count of days from a later day, but long enough",
      reaches("quiet"),
      [
        [80, { login: "2026-09-26" }],
        [80, { login: "2026-09-27" }],
      ],
      false,
    ],
    [
      "a date that is put off",
      reaches("renewal"),
      [
        [80, { renews: "2026-10-06" }],
        [80, { renews: "2026-10-30" }],
      ],
      true,
    ],
    [
      "a date that comes nearer",
      reaches("renewal"),
      [
        [80, { renews: "2026-10-06" }],
        [80, { renews: "2026-10-06" }],
      ],
      false,
    ],
  ])("for %s", (_, trigger, nights, isEnded) => {
    const counts = { label: "Count", unit: null, of: "company" as const };
    const signals = [
      ...["seats", "features", "nps", "tickets"].map(plainSignal),
      { ...counts, name: "quiet", kind: "days_since" as const, field: "login" },
      { ...counts, name: "renewal", kind: "days_until" as const, field: "renews" },
    ];
    const history = createHistory(sampleRuleset({ signals, plays: [{ ...few, trigger }] }));
    const decisions = nights.map(([score, company]) => history.decide(levelFacts(score, company)));
    expect(decisions.flatMap(({ tasks }) => tasks)).toHaveLength(1);
    expect(decisions.at(-1)?.closings).toHaveLength(isEnded ? 1 : 0);
    expect(history.prior().tasks).toHaveLength(isEnded ? 0 : 1);
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
