import { expect, test } from "@jest/globals";
import type { PlannedTask } from "../../src/scoring/plays/plan-tasks.ts";
import type { Capability } from "./capability-names.ts";
import type { CaseFacts } from "./observed.ts";
import { nightsOf, taskOf } from "./played.ts";

type Case = {
  can: Capability;
  /** What stands in the task beside its texts. */
  task: string;
  top?: string;
  customers?: string;
  facts?: CaseFacts;
  gives: Partial<PlannedTask>;
};

const inTwoDays = "due: 2 working days";
const fallback = "fallback_owner: { email: ola@example.com }";

const cases: Case[] = [
  { can: "owner of the company or of the contact", task: inTwoDays, gives: { ownerId: "7", team: [] } },
  {
    can: "owner of the company or of the contact",
    task: `${inTwoDays}, owner: contact`,
    facts: { contacts: [{ hubspot_owner_id: null }, { hubspot_owner_id: "404" }, { hubspot_owner_id: "9" }] },
    gives: { ownerId: "9" },
  },
  { can: "owner by e-mail", task: `${inTwoDays}, owner: { email: Kari@example.com }`, gives: { ownerId: "9" } },
  {
    can: "fallback owner",
    task: inTwoDays,
    top: fallback,
    facts: { company: { hubspot_owner_id: "404" } },
    gives: { ownerId: "8" },
  },
  {
    can: "fallback owner",
    task: `${inTwoDays}, owner: { team: [nobody@example.com] }`,
    top: fallback,
    gives: { ownerId: "8", team: [] },
  },
  // From a Thursday over a weekend to 17 o'clock on Monday.
  { can: "due in working days", task: inTwoDays, gives: { dueAt: new Date("2026-10-05T15:00:00Z") } },
  { can: "due in working days", task: "due: 0 working days", gives: { dueAt: new Date("2026-10-01T15:00:00Z") } },
  {
    // Friday and Monday are free.
    can: "holidays",
    task: inTwoDays,
    top: "holidays: [2026-10-02, 10-05]",
    gives: { dueAt: new Date("2026-10-07T15:00:00Z") },
  },
  { can: "priority and type of a task", task: inTwoDays, gives: { priority: "MEDIUM", type: "TODO" } },
  {
    can: "priority and type of a task",
    task: `${inTwoDays}, priority: HIGH, type: CALL`,
    gives: { priority: "HIGH", type: "CALL" },
  },
  {
    can: "escalation",
    task: `${inTwoDays}, type: CALL, escalate: [${[
      "{ when: { days_to_renewal: { under: 30 } }, priority: HIGH, owner: { email: ola@example.com }, due: 0 working days }",
      "{ when: { days_to_renewal: { under: 60 } }, priority: LOW }",
    ].join(", ")}]`,
    customers: "renewal: renewal_date",
    facts: { company: { renewal_date: "2026-10-30" } },
    gives: {
      priority: "HIGH",
      type: "CALL",
      ownerId: "8",
      dueAt: new Date("2026-10-01T15:00:00Z"),
    },
  },
];

test.each(cases)("$can", ({ task, top = "", customers = "", facts = {}, gives }) => {
  const company = { level: "40", ...facts.company };
  expect(taskOf({ top, customers, plays: playWith(task) }, { ...facts, company })).toMatchObject(gives);
});

test("escalation of a standing task" satisfies Capability, () => {
  const escalate = "escalate: [{ when: { health: { under: 20 } }, priority: HIGH }]";
  const levels = [80, 40, 40, 15, 15].map((level) => ({ level: String(level) }));
  const nights = nightsOf({ plays: playWith(`${inTwoDays}, ${escalate}`) }, levels);
  expect(nights.map(({ tasks, updates }) => [tasks.length, updates.length])).toEqual([
    [0, 0],
    [1, 0],
    [0, 0],
    [0, 1],
    [0, 0],
  ]);
  expect(nights[3]?.updates[0]).toMatchObject({ key: nights[1]?.tasks[0]?.key, priority: "HIGH" });
});

function playWith(settings: string): string {
  return `
    - name: Call
      when: { health: { enters: at_risk } }
      task: { subject: Call, body: Call them, ${settings} }`;
}
