import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import {
  observed /** What customer-success people ask to be looked at, said in the rules of the language. */,
  type CaseFacts,
} from "./observed.ts";

/** What customer-success people ask to be looked at, said in the rules of the language. */
type Case = { can: Capability; signals: string; facts: CaseFacts; gives: Record<string, unknown> };

const cases: Case[] = [
  {
    can: "logins",
    signals: "logins: { value: company.logins_30d }",
    facts: { company: { logins_30d: "42" } },
    gives: { logins: "42" },
  },
  {
    can: "last login",
    signals: "last_login: { days_since: company.last_login_at }",
    facts: { company: { last_login_at: "2026-09-24" } },
    gives: { last_login: 7 },
  },
  {
    can: "key features",
    signals: "key_features: { count: company.features_used }",
    facts: { company: { features_used: "reports;automation" } },
    gives: { key_features: 2 },
  },
  {
    can: "new features used",
    signals: `
      tried_new: { value: company.used_new_dashboard }
      since_release: { days_between: [company.released_on, company.first_used_on] }`,
    facts: { company: { used_new_dashboard: "true", released_on: "2026-09-01", first_used_on: "2026-09-11" } },
    gives: { tried_new: "true", since_release: 10 },
  },
  {
    can: "support contacts",
    signals: "contacts_30d: { count: tickets, where: { createdate: { within: 30d } } }",
    facts: { tickets: [{ createdate: "2026-09-30" }, { createdate: "2026-08-01" }] },
    gives: { contacts_30d: 1 },
  },
  {
    can: "ticket duration",
    signals: `
      hours: { median: tickets.hours_to_close, where: { closed_date: { within: 90d } } }
      oldest: { max: tickets.age_days, when_none: 0 }`,
    facts: { tickets: [{ createdate: "2026-09-01T08:00:00Z", closed_date: "2026-09-02T08:00:00Z" }] },
    gives: { hours: 24, oldest: 0 },
  },
  {
    can: "tickets by topic",
    signals: `
      billing: { count: tickets, where: { hs_ticket_category: BILLING_ISSUE } }
      about_price: { count: tickets, where: { subject: { contains: [price, discount] } } }`,
    facts: {
      tickets: [
        { hs_ticket_category: "BILLING_ISSUE", subject: "The price is wrong" },
        { hs_ticket_category: "PRODUCT_ISSUE", subject: "It stopped" },
      ],
    },
    gives: { billing: 1, about_price: 1 },
  },
  {
    can: "last call, e-mail reply or meeting",
    signals: `
      call: { days_since: company.hs_last_logged_call_date }
      reply: { days_since: company.hs_sales_email_last_replied }
      meeting: { days_since: company.hs_last_booked_meeting_date }`,
    facts: {
      company: {
        hs_last_logged_call_date: "2026-09-29",
        hs_sales_email_last_replied: "2026-09-21T12:00:00Z",
        hs_last_booked_meeting_date: null,
      },
    },
    gives: { call: 2, reply: 10, meeting: { unknown: "blank" } },
  },
];

test.each(cases)("$can", ({ signals, facts, gives }) => {
  expect(observed({ signals }, facts)).toMatchObject(gives);
});
