import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import { observed, type CaseFacts } from "./observed.ts";

type Case = { can: Capability; signals: string; facts: CaseFacts; gives: Record<string, unknown> };

const cases: Case[] = [
  {
    can: "derived fields of tickets",
    signals: `
      open_tickets: { count: tickets, where: { open: true } }
      oldest: { max: tickets.age_days }
      closing: { mean: tickets.hours_to_close }`,
    facts: {
      tickets: [
        { hs_pipeline: "0", hs_pipeline_stage: "1", createdate: "2026-09-21" },
        {
          hs_pipeline: "0",
          hs_pipeline_stage: "4",
          createdate: "2026-09-01T08:00:00Z",
          closed_date: "2026-09-02T20:00:00Z",
        },
      ],
    },
    gives: { open_tickets: 1, oldest: 10, closing: 36 },
  },
  {
    can: "derived fields of invoices",
    signals: `
      overdue_bills: { count: invoices, where: { overdue: true } }
      overdue_days: { max: invoices.days_overdue }
      late: { mean: invoices.days_late }`,
    facts: {
      invoices: [
        { hs_invoice_status: "open", hs_due_date: "2026-09-17", hs_balance_due: "100" },
        { hs_invoice_status: "open", hs_due_date: "2026-10-01", hs_balance_due: "100" },
        { hs_invoice_status: "paid", hs_due_date: "2026-08-10", hs_payment_date: "2026-08-05", hs_balance_due: "0" },
      ],
    },
    gives: { overdue_bills: 1, overdue_days: 14, late: -5 },
  },
  {
    can: "derived fields of deals and subscriptions",
    signals: `
      won_deals: { count: deals, where: { won: true } }
      open_deals: { count: deals, where: { open: true } }
      running: { count: subscriptions, where: { active: true } }`,
    facts: {
      deals: [
        { hs_is_closed_won: "true", hs_is_closed: "true" },
        { hs_is_closed_won: "false", hs_is_closed: "true" },
        { hs_is_closed_won: null, hs_is_closed: null },
        { hs_is_closed_won: "false", hs_is_closed: "false" },
      ],
      subscriptions: [{ hs_status: "active" }, { hs_status: "canceled" }, { hs_status: null }],
    },
    gives: { won_deals: 1, open_deals: 2, running: 1 },
  },
  {
    can: "days between two dates of a record",
    signals: `
      handover: { mean: "deals.days_between(signed_at, live_at)" }
      slow: { count: deals, where: { "days_between(signed_at, live_at)": { over: 10 } } }`,
    facts: {
      deals: [
        { signed_at: "2026-03-01", live_at: "2026-03-11" },
        { signed_at: "2026-03-01", live_at: "2026-03-21" },
        { signed_at: "2026-03-01", live_at: null },
      ],
    },
    gives: { handover: 15, slow: 1 },
  },
  {
    can: "real property of a derived name",
    signals: `
      own_field: { count: tickets, where: { property.open: later } }
      derived: { count: tickets, where: { open: true } }`,
    facts: { tickets: [{ open: "later", hs_pipeline: "0", hs_pipeline_stage: "4" }] },
    gives: { own_field: 1, derived: 0 },
  },
];

test.each(cases)("$can", ({ signals, facts, gives }) => {
  expect(observed({ signals }, facts)).toMatchObject(gives);
});
