import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import { nightsOf, tasksOf, type Night } from "./played.ts";

/** How many tasks are made on each night that something runs. */
type Case = {
  can: Capability;
  when: string;
  more?: string;
  customers?: string;
  signals?: string;
  score?: string;
  nights: Night[];
  tasks: number[];
};

const at = (level: number, more = {}) => ({ level: String(level), ...more });
const entersAtRisk = "{ health: { enters: at_risk } }";
const tenure = "since: customer_since";

const cases: Case[] = [
  {
    can: "play when a band is entered",
    when: entersAtRisk,
    nights: [at(80), at(50), at(49), at(30)],
    tasks: [0, 0, 1, 0],
  },
  {
    can: "first score makes no task",
    when: entersAtRisk,
    nights: [at(40), at(30)],
    tasks: [0, 0],
  },
  {
    // Nor does the first in another phase, here when the trial is over.
    can: "first score makes no task",
    when: entersAtRisk,
    signals: "plan: { value: company.plan }",
    score: "phases: [{ name: trial, when: { plan: trial } }]",
    nights: [at(80, { plan: "trial" }), at(40, { plan: "pro" }), at(80, { plan: "pro" }), at(40, { plan: "pro" })],
    tasks: [0, 0, 0, 1],
  },
  {
    can: "play when a band is left",
    when: "{ health: { leaves: healthy } }",
    nights: [at(60), at(80), at(74), at(40)],
    tasks: [0, 0, 1, 0],
  },
  {
    // After the nights without a run the 80 is still what stood when the window began.
    can: "drop of points in a window",
    when: "{ health: { drops: 15, within: 30d } }",
    nights: [at(90), at(80), 31, at(70), at(65)],
    tasks: [0, 0, 0, 1],
  },
  {
    can: "day count that comes to a number",
    when: "{ tenure_days: { reaches: 90 } }",
    customers: tenure,
    // On 1 October it is day 89.
    nights: [at(80, { customer_since: "2026-07-04" }), at(80, { customer_since: "2026-07-04" })],
    tasks: [0, 1],
  },
  {
    // Day 88, three nights without a run, day 92, and days after the task has ended.
    can: "one task for a day count although nights were missed",
    when: "{ tenure_days: { reaches: 90 } }",
    customers: tenure,
    nights: [
      at(80, { customer_since: "2026-07-05" }),
      3,
      at(80, { customer_since: "2026-07-05" }),
      "task ended",
      at(80, { customer_since: "2026-07-05" }),
    ],
    tasks: [0, 1, 0],
  },
  {
    can: "no task for a day count of long ago",
    when: "{ tenure_days: { reaches: 90 } }",
    customers: tenure,
    // Day 400 and day 98; 97 is the last within the seven days of grace.
    nights: [
      at(80, { customer_since: "2025-08-27" }),
      at(80, { customer_since: "2026-06-26" }),
      at(80, { customer_since: "2026-06-28" }),
    ],
    tasks: [0, 0, 1],
  },
  {
    can: "number that is reached",
    when: "{ seats: { reaches: 100 } }",
    signals: "seats: { value: company.seats }",
    nights: [at(80, { seats: "99" }), at(80, { seats: "100" }), at(80, { seats: "101" })],
    tasks: [0, 1, 0],
  },
  {
    can: "further conditions of a play",
    when: "{ health: { enters: at_risk }, plan: [gold, silver] }",
    signals: "plan: { value: company.plan }",
    nights: [
      at(80, { plan: "bronze" }),
      at(40, { plan: "bronze" }),
      at(80, { plan: "gold" }),
      at(40, { plan: "gold" }),
    ],
    tasks: [0, 0, 0, 1],
  },
  {
    can: "conditions on a score",
    when: "{ seats: { reaches: 100 }, health: { is: [watch, healthy], under: 80 } }",
    signals: "seats: { value: company.seats }",
    nights: [40, 80, 60].flatMap((level) => [at(level, { seats: "99" }), at(level, { seats: "100" })]),
    tasks: [0, 0, 0, 0, 0, 1],
  },
  {
    can: "rearm above the edge",
    when: entersAtRisk,
    more: "rearm: { above_edge: 5 }",
    nights: [at(80), at(40), "task ended", at(54), at(40), at(55), at(40)],
    tasks: [0, 1, 0, 0, 0, 1],
  },
  {
    can: "rearm after a time",
    when: entersAtRisk,
    more: "rearm: { after: 14d }",
    // The task is of 2 October; on the 15th it is too early, and the fall before then counts on the 16th.
    nights: [at(80), at(40), "task ended", at(80), at(40), 10, at(40), at(40)],
    tasks: [0, 1, 0, 0, 0, 1],
  },
];

test.each(cases)("$can", ({ when, more = "", customers = "", signals = "", score = "", nights, tasks }) => {
  expect(tasksOf({ customers, signals, score, plays: playOf(when, more) }, nights)).toEqual(tasks);
});

test("one standing task per play" satisfies Capability, () => {
  const nights = nightsOf({ plays: playOf(entersAtRisk) }, [at(80), at(40), at(80), at(30)]);
  expect(nights.map(({ tasks, updates }) => [tasks.length, updates.length])).toEqual([
    [0, 0],
    [1, 0],
    [0, 0],
    [0, 1],
  ]);
  expect(nights[3]?.updates[0]?.key).toBe(nights[1]?.tasks[0]?.key);
});

test("task closes when its cause is gone" satisfies Capability, () => {
  const plays = playOf(entersAtRisk, "close_when: { health: { leaves: at_risk }, level: { over: 55 } }");
  const nights = nightsOf({ plays }, [at(80), at(40), at(55), at(56)]);
  expect(nights.map(({ closings }) => closings)).toEqual([
    [],
    [],
    [],
    [
      {
        key: nights[1]?.tasks[0]?.key,
        reason: "Closed on 4 October 2026: the customer is now in “Watch” with a score of 56.",
      },
    ],
  ]);
});

function playOf(when: string, more = ""): string {
  const task = "task: { subject: Call, body: Call them, due: 2 working days }";
  return ["- name: Call", `  when: ${when}`, `  ${task}`, more === "" ? "" : `  ${more}`].join("\n");
}
