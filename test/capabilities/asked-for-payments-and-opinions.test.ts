import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import {
  observed /** What customer-success people ask to be looked at, said in the rules of the language. */,
  type CaseFacts,
} from "./observed.ts";

/** What customer-success people ask to be looked at, said in the rules of the language. */
type Case = { can: Capability; signals: string; facts: CaseFacts; gives: Record<string, unknown> };

const paid = (hs_due_date: string, hs_payment_date: string) => ({
  hs_invoice_status: "paid",
  hs_due_date,
  hs_payment_date,
  hs_balance_due: "0",
});

const cases: Case[] = [
  {
    can: "satisfaction after each ticket",
    signals: `
      mean_rating: { mean: feedback.hs_value, where: { hs_survey_type: CES } }
      last_rating: { latest: feedback.hs_value, by: feedback.hs_submission_timestamp }`,
    facts: {
      feedback: [
        { hs_survey_type: "CES", hs_value: "7", hs_submission_timestamp: "2026-09-01T08:00:00Z" },
        { hs_survey_type: "CES", hs_value: "4", hs_submission_timestamp: "2026-09-20T08:00:00Z" },
      ],
    },
    gives: { mean_rating: 5.5, last_rating: "4" },
  },
  {
    can: "pays on time",
    signals: `
      on_time: { share: invoices, where: { hs_payment_date: known }, matching: { days_late: { at_most: 0 } } }
      overdue_now: { max: invoices.days_overdue, when_none: 0 }`,
    facts: { invoices: [paid("2026-09-10", "2026-09-10"), paid("2026-08-10", "2026-08-20")] },
    gives: { on_time: 50, overdue_now: 0 },
  },
  {
    can: "pays early",
    signals: "days_late: { mean: invoices.days_late, where: { hs_payment_date: { within: 180d } } }",
    facts: {
      invoices: [paid("2026-09-10", "2026-09-04"), paid("2026-08-10", "2026-08-08"), paid("2025-08-10", "2025-12-10")],
    },
    gives: { days_late: -4 },
  },
  {
    can: "pays only after reminders",
    signals: "reminders: { value: company.reminders_sent_90d }",
    facts: { company: { reminders_sent_90d: "2" } },
    gives: { reminders: "2" },
  },
  {
    can: "overdue amount",
    signals: "overdue_amount: { sum: invoices.hs_balance_due, where: { overdue: true }, when_none: 0 }",
    facts: {
      invoices: [
        { hs_invoice_status: "open", hs_due_date: "2026-09-17", hs_balance_due: "1200", hs_currency: "NOK" },
        { hs_invoice_status: "open", hs_due_date: "2026-10-17", hs_balance_due: "900", hs_currency: "NOK" },
      ],
    },
    gives: { overdue_amount: 1200 },
  },
  {
    can: "webinars attended",
    signals: "webinars: { value: company.webinars_attended_90d }",
    facts: { company: { webinars_attended_90d: "3" } },
    gives: { webinars: "3" },
  },
  {
    can: "answered a survey at all",
    signals: "answered: { exists: feedback, where: { hs_submission_timestamp: { within: 1y } } }",
    facts: { feedback: [{ hs_submission_timestamp: "2026-02-01T08:00:00Z" }] },
    gives: { answered: true },
  },
  {
    can: "CSAT",
    signals: "csat: { share: feedback, where: { hs_survey_type: CSAT }, matching: { hs_sentiment: POSITIVE } }",
    facts: {
      feedback: ["POSITIVE", "NEUTRAL", "POSITIVE", "NEGATIVE"].map((hs_sentiment) => ({
        hs_survey_type: "CSAT",
        hs_sentiment,
      })),
    },
    gives: { csat: 50 },
  },
  {
    can: "NPS",
    signals: "nps: { latest: contacts.nps_score, by: contacts.nps_answered_at, expires: 180d }",
    facts: {
      contacts: [
        { nps_score: "3", nps_answered_at: "2026-05-01" },
        { nps_score: "10", nps_answered_at: "2026-09-01" },
      ],
    },
    gives: { nps: "10" },
  },
  {
    // A mean purchase of 500, two a year, for 3 years.
    can: "customer lifetime value",
    signals: `
      mean_purchase: { mean: deals.amount, where: { won: true } }
      purchases: { count: deals, where: { won: true, closedate: { within: 1y } } }
      lifetime_value: { product: [mean_purchase, purchases, 3] }`,
    facts: {
      deals: ["400", "600"].map((amount) => ({ amount, hs_is_closed_won: "true", closedate: "2026-03-01" })),
    },
    gives: { lifetime_value: 3000 },
  },
  {
    can: "return on investment",
    signals: `
      gained: { value: company.savings_per_year }
      paid: { value: company.annual_recurring_revenue }
      roi: { ratio: [gained, paid], as: percent }`,
    facts: { company: { savings_per_year: "30000", annual_recurring_revenue: "12000" } },
    gives: { roi: 250 },
  },
  {
    can: "recommends others",
    signals: "referred: { value: company.referred_a_customer }",
    facts: { company: { referred_a_customer: "true" } },
    gives: { referred: "true" },
  },
  {
    can: "upgrades and buys more",
    signals: "upgrades: { count: deals, where: { won: true, dealtype: existingbusiness, closedate: { within: 1y } } }",
    facts: {
      deals: [
        { hs_is_closed_won: "true", dealtype: "existingbusiness", closedate: "2026-05-01" },
        { hs_is_closed_won: "false", dealtype: "existingbusiness", closedate: "2026-05-01" },
        { hs_is_closed_won: "true", dealtype: "newbusiness", closedate: "2026-05-01" },
      ],
    },
    gives: { upgrades: 1 },
  },
  {
    can: "renewed in the last year",
    signals: "renewed: { exists: deals, where: { won: true, dealtype: renewal, closedate: { within: 1y } } }",
    facts: { deals: [{ hs_is_closed_won: "true", dealtype: "renewal", closedate: "2025-10-01" }] },
    gives: { renewed: true },
  },
  {
    can: "feeling by three questions",
    signals: `
      satisfied: { value: company.pulse_satisfied, by: company.pulse_asked_at, expires: 90d }
      onboarded: { value: company.pulse_onboarding_was_easy, by: company.pulse_asked_at, expires: 90d }
      renews: { value: company.pulse_renewed, by: company.pulse_asked_before, expires: 90d }`,
    facts: {
      company: {
        pulse_satisfied: "true",
        pulse_onboarding_was_easy: "false",
        pulse_renewed: "true",
        pulse_asked_at: "2026-09-01",
        pulse_asked_before: "2026-05-01",
      },
    },
    gives: { satisfied: "true", onboarded: "false", renews: { unknown: "expired" } },
  },
];

test.each(cases)("$can", ({ signals, facts, gives }) => {
  expect(observed({ signals }, facts)).toMatchObject(gives);
});
