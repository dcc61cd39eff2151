import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import { observed, type CaseFacts } from "./observed.ts";

type Case = { can: Capability; signals: string; facts: CaseFacts; gives: Record<string, unknown> };

const ticketsOfThreeDays = [
  { createdate: "2026-10-01", hours: "8" },
  { createdate: "2026-09-01", hours: "2" },
  { createdate: "2026-08-02", hours: "4" },
];

const cases: Case[] = [
  {
    can: "count of records",
    signals: `
      all_tickets: { count: tickets }
      urgent: { count: tickets, where: { hs_ticket_priority: URGENT } }
      calls: { count: deals }`,
    facts: { tickets: [{ hs_ticket_priority: "URGENT" }, { hs_ticket_priority: "LOW" }, { hs_ticket_priority: null }] },
    gives: { all_tickets: 3, urgent: 1, calls: 0 },
  },
  {
    can: "count of records in a window",
    signals: "tickets_30d: { count: tickets, where: { createdate: { within: 30d } } }",
    facts: {
      tickets: [{ createdate: "2026-10-01" }, { createdate: "2026-09-01" }, { createdate: "2026-08-31" }],
    },
    gives: { tickets_30d: 2 },
  },
  {
    can: "exists any record",
    signals: `
      asked: { exists: feedback, where: { hs_survey_type: NPS } }
      complained: { exists: feedback, where: { hs_sentiment: NEGATIVE } }`,
    facts: { feedback: [{ hs_survey_type: "NPS", hs_sentiment: "POSITIVE" }] },
    gives: { asked: true, complained: false },
  },
  {
    can: "sum of a field",
    signals: "hours: { sum: tickets.hours, where: { hours: { over: 0 } } }",
    facts: { tickets: [{ hours: "1.5" }, { hours: "2" }, { hours: "-7" }, { hours: null }] },
    gives: { hours: 3.5 },
  },
  {
    can: "mean and median of a field",
    signals: `
      mean_hours: { mean: tickets.hours }
      median_hours: { median: tickets.hours }
      median_of_two: { median: tickets.hours, where: { hours: { under: 9 } } }`,
    facts: { tickets: [{ hours: "9" }, { hours: "1" }, { hours: "2" }, { hours: null }] },
    gives: { mean_hours: 4, median_hours: 2, median_of_two: 1.5 },
  },
  {
    can: "least and greatest of a field",
    signals: "least: { min: tickets.hours }\ngreatest: { max: tickets.hours }",
    facts: { tickets: [{ hours: "10" }, { hours: "9" }, { hours: "2" }] },
    gives: { least: 2, greatest: 10 },
  },
  {
    can: "value where no record passes",
    signals: "said: { max: tickets.hours, when_none: 0 }\nnot_said: { max: tickets.hours }",
    facts: { tickets: [] },
    gives: { said: 0, not_said: { unknown: "none" } },
  },
  {
    can: "latest answer",
    signals: "nps: { latest: contacts.nps, by: contacts.answered_at }",
    facts: {
      contacts: [
        { nps: "3", answered_at: "2026-09-01" },
        { nps: "9", answered_at: "2026-09-20" },
        { nps: null, answered_at: "2026-09-30" },
      ],
    },
    gives: { nps: "9" },
  },
  {
    can: "latest answer that expires",
    signals: `
      nps: { latest: contacts.nps, by: contacts.answered_at, expires: 30d }
      csat: { latest: contacts.csat, by: contacts.rated_at, expires: 30d }`,
    facts: { contacts: [{ nps: "9", answered_at: "2026-09-01", csat: "5", rated_at: "2026-08-31" }] },
    gives: { nps: "9", csat: { unknown: "expired" } },
  },
  {
    can: "share of records in percent",
    signals: `
      happy: { share: feedback, where: { hs_survey_type: CSAT }, matching: { hs_sentiment: POSITIVE } }
      promoters: { share: feedback, where: { hs_survey_type: NPS }, matching: { hs_sentiment: POSITIVE } }`,
    facts: {
      feedback: ["POSITIVE", "POSITIVE", "NEGATIVE", "POSITIVE"].map((hs_sentiment) => ({
        hs_survey_type: "CSAT",
        hs_sentiment,
      })),
    },
    gives: { happy: 75, promoters: { unknown: "none" } },
  },
  {
    // Ages of 0, 30 and 60 days weigh 1, 1/2 and 1/4.
    can: "half-life of records",
    signals: `
      counted: { count: tickets, by: tickets.createdate, half_life: 30d }
      summed: { sum: tickets.hours, by: tickets.createdate, half_life: 30d }
      meant: { mean: tickets.hours, by: tickets.createdate, half_life: 30d }`,
    facts: { tickets: ticketsOfThreeDays },
    gives: { counted: 1.75, summed: 10, meant: expect.closeTo(40 / 7) },
  },
  {
    can: "records linked to more than one company",
    signals: "own: { count: tickets }\nlinked: { count: tickets, links: all }",
    facts: { tickets: [{ subject: "A" }], linked: { tickets: [{ subject: "B" }, { subject: "C" }] } },
    gives: { own: 1, linked: 3 },
  },
  {
    can: "every record type",
    signals: `
      people: { count: contacts }
      questions: { count: tickets }
      bills: { count: invoices }
      sales: { count: deals }
      plans: { count: subscriptions }
      answers: { count: feedback }`,
    facts: {
      contacts: [{}],
      tickets: [{}, {}],
      invoices: [{}, {}, {}],
      deals: [{}, {}, {}, {}],
      subscriptions: [{}, {}, {}, {}, {}],
      feedback: [{}, {}, {}, {}, {}, {}],
    },
    gives: { people: 1, questions: 2, bills: 3, sales: 4, plans: 5, answers: 6 },
  },
  {
    can: "what cannot be read is unknown, not zero",
    signals: `
      bills: { count: invoices }
      due: { sum: invoices.hs_balance_due, when_none: 0 }
      any: { exists: invoices }
      deal_count: { count: deals }`,
    facts: { invoices: null, deals: [] },
    gives: {
      bills: { unknown: "unreadable" },
      due: { unknown: "unreadable" },
      any: { unknown: "unreadable" },
      deal_count: 0,
    },
  },
];

test.each(cases)("$can", ({ signals, facts, gives }) => {
  expect(observed({ signals }, facts)).toMatchObject(gives);
});
