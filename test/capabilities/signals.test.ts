import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import { historyOf, observed, type CaseFacts } from "./observed.ts";

type Case = { can: Capability; signals: string; customers?: string; facts: CaseFacts; gives: Record<string, unknown> };

const cases: Case[] = [
  {
    can: "value of a company property",
    signals: `
      plan: { value: company.plan }
      seats: { value: company.seats }`,
    facts: { company: { plan: "gold", seats: null } },
    gives: { plan: "gold", seats: { unknown: "blank" } },
  },
  {
    can: "value that expires",
    signals: `
      fresh: { value: company.pulse, by: company.asked_at, expires: 90d }
      stale: { value: company.pulse, by: company.asked_before, expires: 90d }
      lately_set: { value: company.pulse, expires: 90d }
      long_set: { value: company.mood, expires: 90d }`,
    facts: {
      company: { pulse: "GOOD", mood: "GOOD", asked_at: "2026-07-03", asked_before: "2026-07-02" },
      history: {
        pulse: historyOf({ "2026-01-01": "BAD", "2026-09-01": "GOOD" }),
        mood: historyOf({ "2026-06-01": "GOOD" }),
      },
    },
    gives: { fresh: "GOOD", stale: { unknown: "expired" }, lately_set: "GOOD", long_set: { unknown: "expired" } },
  },
  {
    can: "days between two dates",
    signals: `
      term: { days_between: [company.from, company.to] }
      also: { value: "company.days_between(from, to)" }
      backwards: { days_between: [company.to, company.from] }`,
    facts: { company: { from: "2026-01-31", to: "2026-03-01" } },
    gives: { term: 29, also: 29, backwards: -29 },
  },
  {
    can: "days since a date",
    signals: `
      quiet: { days_since: company.last_login_at }
      never: { days_since: company.last_call_at }`,
    facts: { company: { last_login_at: "2026-09-01" } },
    gives: { quiet: 30, never: { unknown: "blank" } },
  },
  {
    can: "days until a date",
    signals: `
      left: { days_until: company.renewal_date }
      past: { days_until: company.trial_ends }`,
    facts: { company: { renewal_date: "2026-12-01", trial_ends: "2026-09-30" } },
    gives: { left: 61, past: -1 },
  },
  {
    can: "days since or until a date of records",
    signals: `
      last_ticket: { days_since: tickets.createdate, where: { subject: known } }
      next_close: { days_until: deals.closedate }
      last_invoice: { days_since: invoices.hs_invoice_date }`,
    facts: {
      tickets: [
        { subject: "A", createdate: "2026-09-11" },
        { subject: "B", createdate: "2026-09-21" },
        { subject: "C", createdate: "2026-11-01" },
        { createdate: "2026-09-30" },
      ],
      deals: [{ closedate: "2026-09-30" }, { closedate: "2026-12-01" }, { closedate: "2026-10-11" }],
    },
    gives: { last_ticket: 10, next_close: 10, last_invoice: { unknown: "none" } },
  },
  {
    can: "count of chosen options",
    signals: "used: { count: company.features }\nblank: { count: company.other }",
    facts: { company: { features: "reports;api;export" } },
    gives: { used: 3, blank: { unknown: "blank" } },
  },
  {
    can: "change over a time",
    signals: `
      difference: { change: company.logins, over: 30d }
      percent: { change: company.logins, over: 30d, as: percent }
      too_far: { change: company.logins, over: 1y }
      from_nothing: { change: company.calls, over: 30d, as: percent }`,
    facts: {
      company: { logins: "10", calls: "5" },
      history: {
        logins: historyOf({ "2026-08-01": "40", "2026-09-20": "10" }),
        calls: historyOf({ "2026-08-01": "0", "2026-09-20": "5" }),
      },
    },
    gives: {
      difference: -30,
      percent: -75,
      too_far: { unknown: "no_history" },
      from_nothing: { unknown: "from_zero" },
    },
  },
  {
    // Three days of 28, 30 and 32: two more each day about a mean of 30.
    can: "trend per 30 days",
    signals: `
      slope: { trend: company.logins, over: 3d }
      percent: { trend: company.logins, over: 3d, as: percent }
      too_new: { trend: company.logins, over: 90d }`,
    facts: {
      company: { logins: "32" },
      history: { logins: historyOf({ "2026-09-29": "28", "2026-09-30": "30", "2026-10-01": "32" }) },
    },
    gives: { slope: expect.closeTo(60), percent: expect.closeTo(200), too_new: { unknown: "no_history" } },
  },
  {
    // Days -2, -1 and 0 of weights 1/4, 1/2 and 1 with values 0, 0 and 8: a slope of 64/13 a day.
    can: "trend with a half-life",
    signals: `
      plain: { trend: company.logins, over: 3d }
      recent: { trend: company.logins, over: 3d, half_life: 1d }`,
    facts: { company: { logins: "8" }, history: { logins: historyOf({ "2026-09-29": "0", "2026-10-01": "8" }) } },
    gives: { plain: expect.closeTo(120), recent: expect.closeTo(1920 / 13) },
  },
  {
    can: "ratio of two signals",
    signals: `
      share: { ratio: [used, seats], as: percent }
      each: { ratio: [used, seats] }
      of_none: { ratio: [used, none] }
      used: { value: company.active }
      seats: { value: company.seats }
      none: { value: company.none }`,
    facts: { company: { active: "30", seats: "12", none: "0" } },
    gives: { share: 250, each: 2.5, of_none: { unknown: "from_zero" } },
  },
  {
    can: "product of signals and numbers",
    signals: `
      worth: { product: [seats, price, 12] }
      half_known: { product: [seats, discount] }
      seats: { value: company.seats }
      price: { value: company.price }
      discount: { value: company.discount }`,
    facts: { company: { seats: "2", price: "5" } },
    gives: { worth: 120, half_known: { unknown: "blank" } },
  },
  {
    can: "tenure and days to renewal",
    signals: "days: { product: [tenure_days, 1] }",
    customers: "since: customer_since\nrenewal: renewal_date",
    facts: { company: { customer_since: "2026-07-03", renewal_date: "2026-12-01" } },
    gives: { tenure_days: 90, days_to_renewal: 61, days: 90 },
  },
];

test.each(cases)("$can", ({ signals, customers = "", facts, gives }) => {
  expect(observed({ signals, customers }, facts)).toMatchObject(gives);
});

test("time zone of the days" satisfies Capability, () => {
  const signals = "quiet: { days_since: company.last_login_at }";
  const facts = { company: { last_login_at: "2026-09-01T02:00:00Z" } };
  expect(observed({ signals, timezone: "Europe/Oslo" }, facts)).toMatchObject({ quiet: 30 });
  expect(observed({ signals, timezone: "America/New_York" }, facts)).toMatchObject({ quiet: 31 });
});
