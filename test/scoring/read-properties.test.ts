import { describe, expect, it } from "@jest/globals";
import { readPropertiesOf } from "../../src/scoring/read-properties.ts";
import { writtenPropertiesOf } from "../../src/scoring/written-properties.ts";
import { samplePlay, sampleRuleset, sampleScore } from "./sample-ruleset.ts";

describe("the properties of a ruleset", () => {
  it("that are read are those of conditions, signals, ranks, templates and owners", () => {
    const ruleset = sampleRuleset({
      customers: {
        where: [{ field: "property.lifecyclestage", test: { kind: "known" } }],
        churned: [{ field: "churned_at", test: { kind: "known" } }],
        value: "arr",
        renewal: "renews_at",
      },
      signals: [
        { name: "a", label: "", kind: "days_since", property: "login" },
        { name: "b", label: "", kind: "count", of: "tickets", where: [{ field: "open", test: { kind: "known" } }] },
        { name: "c", label: "", kind: "sum", of: "invoices", field: "overdue", where: [], whenNone: null },
        { name: "d", label: "", kind: "latest", of: "contacts", field: "nps", by: "at", where: [], expires: null },
      ],
      plays: [samplePlay({ task: { subject: "{{ company.domain }} {{ company.id }}" } })],
    });
    expect(readPropertiesOf(ruleset)).toEqual({
      company: ["arr", "churned_at", "domain", "hubspot_owner_id", "lifecyclestage", "login", "name", "renews_at"],
      contacts: ["at", "nps"],
      tickets: ["hs_pipeline", "hs_pipeline_stage"],
      invoices: ["hs_balance_due", "hs_due_date", "hs_invoice_status"],
    });
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
