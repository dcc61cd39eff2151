import { describe, expect, it } from "@jest/globals";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import type { Facts } from "../../src/scoring/facts.ts";
import { reasonsOf } from "../../src/scoring/reasons.ts";
import type { Grade, Language, Ruleset } from "../../src/scoring/ruleset.ts";
import { momentAt } from "./moment-at.ts";
import { pointsOf } from "./points-of.ts";
import { sampleFacts } from "./sample-facts.ts";
import { plainRule, sampleRuleset, sampleScore } from "./sample-ruleset.ts";

const falling: Grade = { kind: "line", points: pointsOf([0, 100], [100, 0]) };
const rules = sampleRuleset({
  signals: [
    { name: "login", label: "Last login", kind: "days_since", property: "last_login_at" },
    { name: "overdue", label: "Invoice", kind: "max", of: "invoices", field: "days_overdue", where: [], whenNone: 0 },
    { name: "age", label: "Oldest ticket", kind: "max", of: "tickets", field: "age_days", where: [], whenNone: null },
    { name: "seats", label: "Seats", kind: "value", property: "seats" },
    { name: "mood", label: "Mood", kind: "value", property: "mood" },
  ],
  scores: [
    sampleScore({
      minimumCoverage: 0.1,
      dimensions: [
        {
          name: "all",
          label: "All",
          weight: 1,
          rules: [
            { signal: "login", label: "Last login", weight: 2, grade: falling },
            { signal: "overdue", label: "Invoice overdue", weight: 1, grade: falling },
            { signal: "age", label: "Oldest ticket", weight: 1, grade: falling },
            { ...plainRule("seats", 1), label: "Seats in use" },
            { signal: "mood", label: "Mood", weight: 1, grade: { kind: "match", grades: new Map([["LOW", 0]]) } },
          ],
        },
      ],
      limits: [
        { label: "long overdue", kind: "cap", at: 40, when: [{ field: "overdue", test: { kind: "over", than: 60 } }] },
        { label: "lift", kind: "floor", at: 90, when: [{ field: "seats", test: { kind: "is", values: ["77"] } }] },
      ],
    }),
  ],
});
const invoice = { hs_invoice_status: "open", hs_balance_due: "1", hs_due_date: "2026-09-13" };
const ticket = { hs_pipeline: "0", hs_pipeline_stage: "1", createdate: "2026-09-23T10:00:00Z" };
const facts = sampleFacts({
  company: { last_login_at: "2026-09-03T10:00:00Z", seats: "50", mood: null },
  invoices: [invoice],
  tickets: [ticket],
});

function reasons(of: Facts, instant = "2026-10-03T12:00:00Z", language: Language = "en", ruleset: Ruleset = rules) {
  const compiled = compileRuleset(ruleset);
  const moment = momentAt(instant);
  const scores = compiled.scorecards.map(({ score }) => score(compiled.takeSnapshot(of, moment), moment));
  return scores.flatMap((score) => reasonsOf(score, language));
}

describe("reasons", () => {
  it("are the three largest losses, the largest first, with dates and not counts", () => {
    expect(reasons(facts)).toEqual([
      "Last login: since 3 September 2026",
      "Seats in use: 50",
      "Invoice overdue: since 13 September 2026",
    ]);
  });

  it("are told in the language of the rules", () => {
    expect(reasons(facts, undefined, "nb")[0]).toBe("Last login: siden 3. september 2026");
    expect(reasons(facts, undefined, "da")[0]).toBe("Last login: siden 3. september 2026");
  });

  it("begin with the cap that holds", () => {
    const long = sampleFacts({ ...facts, invoices: [{ ...invoice, hs_due_date: "2026-07-01" }] });
    expect(reasons(long)).toEqual([
      "Held at 40 at most: long overdue",
      "Invoice overdue: since 1 July 2026",
      "Last login: since 3 September 2026",
    ]);
  });

  it("do not tell of a floor", () => {
    const lifted = sampleFacts({ ...facts, company: { ...facts.company, seats: "77" } });
    expect(reasons(lifted).join()).not.toMatch(/lift|90/);
  });

  it("are none where nobody could act on them: under one point, unknown, or no score", () => {
    const company = { last_login_at: "2026-10-02T10:00:00Z", seats: "99", mood: null };
    expect(reasons(sampleFacts({ company }))).toEqual([]);
    expect(reasons(sampleFacts({ invoices: null }))).toEqual([]);
  });

  it.each(["2026-10-04", "2026-10-05", "2026-10-25", "2026-11-12"])(
    "are the same text on %s, as nothing happened",
    (date) => {
      const steady = sampleFacts({ ...facts, company: { ...facts.company, seats: "100" } });
      expect(reasons(steady, `${date}T12:00:00Z`)).toEqual(reasons(steady));
      expect(reasons(steady)).toHaveLength(3);
    },
  );
});
