import { expect, test } from "@jest/globals";
import type { PropertyValues } from "../../src/scoring/facts.ts";
import type { Capability } from "./capability-names.ts";
import type { CaseFacts } from "./observed.ts";
import { nightsOf } from "./played.ts";
import type { RuleParts } from "./rules-around.ts";
import { scoreOf } from "./scored.ts";

/** What is to be done when, and the subjects of the tasks of each night from 1 October 2026 on. */
type Case = {
  can: Capability;
  parts: RuleParts;
  records?: Omit<CaseFacts, "company">;
  nights: PropertyValues[];
  subjects: string[][];
};

const task = (more = "") =>
  `task: { subject: "{{ company.name }}: {{ score }}", body: Call, due: 2 working days${more} }`;
const level = (number: number, more = {}) => ({ level: String(number), ...more });

const cases: Case[] = [
  {
    can: "under 50 makes a task",
    parts: { plays: `- { name: Follow up, when: { health: { enters: at_risk } }, ${task()} }` },
    nights: [level(75), level(50), level(49), level(48)],
    subjects: [[], [], ["Nordvik AS: 49"], []],
  },
  {
    can: "action in the middle band",
    parts: { plays: `- { name: Look after, when: { health: { enters: watch } }, ${task(", type: EMAIL")} }` },
    nights: [level(80), level(74)],
    subjects: [[], ["Nordvik AS: 74"]],
  },
  {
    can: "upsell at the right time",
    parts: {
      signals: "seats_used: { value: company.seats_used }",
      plays: `- { name: More seats, when: { seats_used: { reaches: 90 }, health: healthy }, ${task()} }`,
    },
    nights: [level(80, { seats_used: "80" }), level(80, { seats_used: "95" })],
    subjects: [[], ["Nordvik AS: 80"]],
  },
  {
    can: "quiet for a month",
    parts: {
      signals: "quiet: { days_since: company.last_login_at }",
      plays: `- { name: Quiet customer, when: { quiet: { reaches: 30 } }, ${task(", type: CALL")} }`,
    },
    nights: [level(80, { last_login_at: "2026-09-02" }), level(80, { last_login_at: "2026-09-02" })],
    subjects: [[], ["Nordvik AS: 80"]],
  },
  {
    can: "call after three months",
    parts: {
      customers: "since: customer_since",
      plays: `- { name: Three months, when: { tenure_days: { reaches: 90 } }, ${task(", type: CALL")} }`,
    },
    nights: [level(30, { customer_since: "2026-07-03" })],
    subjects: [["Nordvik AS: 30"]],
  },
  {
    can: "payment reminder",
    parts: {
      signals: "overdue_days: { max: invoices.days_overdue, when_none: 0 }",
      plays: `- { name: Reminder, when: { overdue_days: { reaches: 14 } }, ${task()} }`,
    },
    // On 1 October it is overdue by 13 days.
    records: { invoices: [{ hs_invoice_status: "open", hs_due_date: "2026-09-18", hs_balance_due: "100" }] },
    nights: [level(80), level(80), level(80)],
    subjects: [[], ["Nordvik AS: 80"], []],
  },
  {
    can: "renewal is near",
    parts: {
      customers: "renewal: renewal_date",
      plays: `- { name: Renewal, when: { days_to_renewal: { reaches: 60 }, health: [at_risk, watch] }, ${task()} }`,
    },
    nights: [level(60, { renewal_date: "2026-12-01" }), level(60, { renewal_date: "2026-12-01" })],
    subjects: [[], ["Nordvik AS: 60"]],
  },
  {
    can: "ask for a review",
    parts: {
      signals: "nps: { value: company.nps }",
      plays: `- { name: Review, when: { health: { enters: healthy }, nps: { at_least: 9 } }, ${task()} }`,
    },
    nights: [level(60, { nps: "9" }), level(80, { nps: "9" })],
    subjects: [[], ["Nordvik AS: 80"]],
  },
];

test.each(cases)("$can", ({ parts, records = {}, nights, subjects }) => {
  const found = nightsOf(parts, nights, records).map(({ tasks }) => tasks.map(({ subject }) => subject));
  expect(found).toEqual(subjects);
});

test("points added and subtracted" satisfies Capability, () => {
  const parts = {
    signals: "referred: { value: company.referred }\nlate: { value: company.late }",
    score: `
      adjustments:
        - { label: Recommended us, points: 5, when: { referred: true } }
        - { label: Paid late, points: -10, when: { late: { over: 0 } } }`,
  };
  const score = scoreOf(parts, { company: level(60, { referred: "true", late: "3" }) });
  expect([score.value, score.adjustments]).toEqual([
    55,
    [
      { label: "Recommended us", points: 5 },
      { label: "Paid late", points: -10 },
    ],
  ]);
});

test("objective and subjective data together" satisfies Capability, () => {
  const parts = {
    signals: "feeling: { value: company.hs_csm_sentiment }",
    dimensions: `
      objective: { weight: 60, rules: [{ signal: level, grade: { line: { 0: 0, 100: 100 } } }] }
      subjective: { weight: 40, rules: [{ signal: feeling, grade: { match: { HEALTHY: 100, AT_RISK: 0 } } }] }`,
  };
  const score = scoreOf(parts, { company: level(50, { hs_csm_sentiment: "HEALTHY" }) });
  expect([score.value, score.dimensions.map(({ name, value }) => [name, value])]).toEqual([
    70,
    [
      ["objective", 50],
      ["subjective", 100],
    ],
  ]);
});
