import { describe, expect, it } from "@jest/globals";
import type { Play } from "../../../src/scoring/ruleset/play.ts";
import { readPropertiesOf } from "../../../src/scoring/ruleset/read-properties.ts";
import type { SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import { writtenPropertiesOf } from "../../../src/scoring/ruleset/written-properties.ts";
import { plain } from "../observe-signal.ts";
import { plainSignal, samplePlay, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

describe("the properties of a ruleset", () => {
  const none = { contacts: [], tickets: [], invoices: [], deals: [], subscriptions: [], feedback: [], history: [] };
  const ofSignal = (source: SignalSource) =>
    readPropertiesOf(
      sampleRuleset({
        customers: { where: [], churned: null, since: null, value: null, renewal: null },
        signals: [{ name: "signal", label: "", unit: null, ...source }],
        plays: [],
      }),
    );

  it("that are read are those of conditions, signals, ranks, overrides, templates and owners", () => {
    const ruleset = sampleRuleset({
      customers: {
        where: [{ field: "property.lifecyclestage", test: { kind: "known" } }],
        churned: [{ field: "churned_at", test: { kind: "known" } }],
        since: "since",
        value: "arr",
        renewal: "renews_at",
      },
      signals: [plainSignal("login")],
      scores: [sampleScore({ override: { score: "set_to", reason: "set_why", until: "set_until" } })],
      plays: [samplePlay({ task: { subject: "{{ company.domain }} {{ company.id }}" } })],
    });
    expect(readPropertiesOf(ruleset)).toEqual({
      ...none,
      company: [
        "arr",
        "churned_at",
        "domain",
        "hubspot_owner_id",
        "lifecyclestage",
        "login",
        "name",
        "renews_at",
        "set_to",
        "set_until",
        "set_why",
        "since",
      ],
    });
  });

  const open = [{ field: "open", test: { kind: "known" } }] as const;
  const decay = { by: "at", halfLife: { amount: 7, unit: "d" } } as const;
  const sum = { ...plain, kind: "sum", whenNone: null, currency: null, decay: null } as const;
  const month = { amount: 1, unit: "mo" } as const;
  const value = { kind: "value", property: "mood", by: null, expires: null } as const;
  it.each<[SignalSource, Partial<ReturnType<typeof readPropertiesOf>>]>([
    [value, { company: ["mood"] }],
    [
      { ...value, expires: month },
      { company: ["mood"], history: ["mood"] },
    ],
    [{ ...value, expires: month, by: "at" }, { company: ["at", "mood"] }],
    [{ ...value, property: "days_between(a, b)", expires: month }, { company: ["a", "b"] }],
    [
      { ...value, property: "property.open", expires: month },
      { company: ["open"], history: ["open"] },
    ],
    [{ kind: "options", property: "products" }, { company: ["products"] }],
    [
      { kind: "change", property: "logins", over: month, as: "percent" },
      { company: ["logins"], history: ["logins"] },
    ],
    [
      { kind: "trend", property: "logins", over: month, as: "percent", halfLife: null },
      { company: ["logins"], history: ["logins"] },
    ],
    [{ kind: "days_since", of: "company", field: "login" }, { company: ["login"] }],
    [
      { ...plain, kind: "days_until", of: "deals", field: "closedate", where: open },
      { deals: ["closedate", "hs_is_closed"] },
    ],
    [
      { ...plain, kind: "count", of: "tickets", where: open, decay },
      { tickets: ["at", "hs_pipeline", "hs_pipeline_stage"] },
    ],
    [
      { ...plain, kind: "exists", of: "subscriptions", where: [{ field: "active", test: { kind: "known" } }] },
      { subscriptions: ["hs_status"] },
    ],
    [
      { ...plain, kind: "share", of: "feedback", matching: [{ field: "hs_sentiment", test: { kind: "known" } }] },
      { feedback: ["hs_sentiment"] },
    ],
    [
      { ...sum, of: "invoices", field: "overdue" },
      { invoices: ["hs_balance_due", "hs_due_date", "hs_invoice_status"] },
    ],
    [{ ...sum, of: "invoices", field: "hs_balance_due" }, { invoices: ["hs_balance_due", "hs_currency"] }],
    [{ ...sum, of: "deals", field: "amount", decay }, { deals: ["amount", "at", "deal_currency_code"] }],
    [{ ...sum, of: "deals", field: "margin" }, { deals: ["margin"] }],
    [{ ...sum, of: "deals", field: "margin", currency: "NOK" }, { deals: ["deal_currency_code", "margin"] }],
    [
      { ...sum, of: "subscriptions", field: "hs_recurring_revenue" },
      { subscriptions: ["hs_currency_code", "hs_recurring_revenue"] },
    ],
    [{ ...sum, of: "tickets", field: "days_between(a, b)" }, { tickets: ["a", "b"] }],
    [{ ...plain, kind: "latest", of: "contacts", field: "nps", by: "at", expires: null }, { contacts: ["at", "nps"] }],
    [{ kind: "ratio", of: ["a", "b"], as: "number" }, {}],
    [{ kind: "product", of: ["a", 2] }, {}],
  ])("that a signal reads: %j", (source, expected) => {
    const company = ["hubspot_owner_id", "name", ...(expected.company ?? [])].toSorted();
    expect(ofSignal(source)).toEqual({ ...none, ...expected, company });
  });

  it.each<[string, Partial<Play["task"]>, string[]]>([
    ["company", {}, []],
    ["contact", { owner: { kind: "contact" } }, ["hubspot_owner_id"]],
    ["contact at last", { escalations: [{ when: [], owner: { kind: "contact" } }] }, ["hubspot_owner_id"]],
  ])("are those of contacts too where a task goes to the owner of the %s", (_, task, contacts) => {
    expect(readPropertiesOf(sampleRuleset({ plays: [samplePlay({ task })] })).contacts).toEqual(contacts);
  });

  it("that are written are those of every score", () => {
    const scores = [sampleScore(), sampleScore({ name: "growth", property: "chs_growth_score", dimensions: [] })];
    expect(writtenPropertiesOf({ scores })).toEqual([
      "chs_health_score",
      "chs_health_band",
      "chs_health_coverage",
      "chs_health_reasons",
      "chs_health_change_30d",
      "chs_health_scored_at",
      "chs_health_usage",
      "chs_health_voice",
      "chs_growth_score",
      "chs_growth_band",
      "chs_growth_coverage",
      "chs_growth_reasons",
      "chs_growth_change_30d",
      "chs_growth_scored_at",
    ]);
  });
});
