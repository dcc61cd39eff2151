import { describe, expect, it } from "@jest/globals";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { Facts } from "../../../src/scoring/facts.ts";
import type { Language, Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import type { Grade, ScoreRules } from "../../../src/scoring/ruleset/score-rules.ts";
import { momentAt } from "../moment-at.ts";
import { pointsOf } from "../points-of.ts";
import { sampleFacts } from "../sample-facts.ts";
import { plainRule, plainSignal, sampleRule, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

const falling: Grade = { kind: "line", points: pointsOf([0, 100], [100, 0]) };
const aggregated = { unit: null, links: "primary" as const, where: [], currency: null, decay: null };
const rules = sampleRuleset({
  signals: [
    { name: "login", label: "Last login", unit: null, kind: "days_since", field: "last_login_at", of: "company" },
    {
      ...aggregated,
      name: "overdue",
      label: "Invoice",
      kind: "max",
      of: "invoices",
      field: "days_overdue",
      whenNone: 0,
    },
    { ...aggregated, name: "age", label: "Ticket", kind: "max", of: "tickets", field: "age_days", whenNone: null },
    plainSignal("seats"),
    plainSignal("mood"),
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
            sampleRule("login", { label: "Last login", weight: 2, grade: falling }),
            sampleRule("overdue", { label: "Invoice overdue", grade: falling }),
            sampleRule("age", { label: "Oldest ticket", grade: falling }),
            { ...plainRule("seats", 1), label: "Seats in use" },
            sampleRule("mood", { label: "Mood", grade: { kind: "match", grades: new Map([["LOW", 0]]) } }),
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
  const compiled = compileRuleset({ ...ruleset, language });
  const moment = momentAt(instant);
  const snapshot = compiled.takeSnapshot(of, moment, null);
  return compiled.scorecards.flatMap((card) => card.reasonsOf(card.score(snapshot, moment)));
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

describe("the words of reasons", () => {
  const two = sampleRuleset({
    signals: [{ ...plainSignal("seats"), unit: "%" }, plainSignal("nps")],
    language: "nb",
  });
  const told = (
    given: Partial<ScoreRules>,
    values: Record<string, string | null>,
    before: Record<string, string> = {},
  ) => {
    const compiled = compileRuleset({ ...two, scores: [sampleScore({ minimumCoverage: 0, ...given })] });
    const [card] = compiled.scorecards;
    const earlier = compiled.takeSnapshot(sampleFacts({ company: before }), momentAt("2026-09-30T12:00:00Z"), null);
    const moment = momentAt("2026-10-03T12:00:00Z");
    const snapshot = compiled.takeSnapshot(sampleFacts({ company: values }), moment, earlier);
    const score = card?.score(snapshot, moment);
    return score && { reasons: card?.reasonsOf(score), advice: card?.adviceOf(score) };
  };
  const of = (...given: Partial<ReturnType<typeof plainRule>>[]) => ({
    dimensions: [
      {
        name: "all",
        label: "All",
        weight: 1,
        rules: given.map((rule, index) => ({ ...plainRule(index === 0 ? "seats" : "nps"), ...rule })),
      },
    ],
  });

  it("have the unit behind a number, and not behind a text", () => {
    expect(told(of({}, {}), { seats: "12.5", nps: "10" })?.reasons).toEqual(["nps: 10", "seats: 12,5 %"]);
    const match: Grade = { kind: "match", grades: new Map([["LOW", 0]]) };
    expect(told(of({ grade: match }), { seats: "LOW" })?.reasons).toEqual(["seats: LOW"]);
  });

  it("are the rule's own, where it has some", () => {
    const reason = "{{ label }} er bare {{ value }}\n(karakter {{ grade }})";
    expect(told(of({ reason, label: "Plasser" }), { seats: "12.5" })?.reasons).toEqual([
      "Plasser er bare 12,5 % (karakter 13)",
    ]);
  });

  it("are the plain ones where the rule's own come out blank", () => {
    expect(told(of({ reason: "{% if grade == '100' %}never{% endif %}" }), { seats: "1" })?.reasons).toEqual([
      "seats: 1 %",
    ]);
  });

  it("stay on one line each, whatever a value holds", () => {
    const match: Grade = { kind: "match", grades: new Map([["a\nb", 0]]) };
    expect(told(of({ grade: match }), { seats: "a\nb" })?.reasons).toEqual(["seats: a b"]);
  });

  it("say that a value is held, and that one is unknown where a fixed grade stands for it", () => {
    const hold = { kind: "hold" as const, for: { amount: 30, unit: "d" as const } };
    expect(told(of({ missing: hold }), {}, { seats: "12" })?.reasons).toEqual([
      "seats: 12 % (siste kjente verdi, mangler siden 3. oktober 2026)",
    ]);
    const rulesOfBoth = of({ missing: { kind: "grade", grade: 10 } }, {}, { signal: "seats", missing: hold });
    expect(told(rulesOfBoth, { nps: "100" }, { seats: "90" })?.reasons?.[0]).toBe("seats: ukjent");
  });

  it("are those of the phase", () => {
    const phase = { ...sampleScore(), ...of({ reason: "Ny: {{ value }}" }), name: "new", label: "New", when: [] };
    expect(told({ phases: [phase] }, { seats: "50" })?.reasons).toEqual(["Ny: 50 %"]);
  });

  it("begin with what a person has set, before the cap that holds", () => {
    const override = { score: "a", reason: "b", until: "c" };
    const limits = [
      {
        label: "få plasser",
        kind: "cap" as const,
        at: 30,
        when: [{ field: "seats", test: { kind: "known" as const } }],
      },
    ];
    const set = { a: "80", b: "Ny avtale", c: "2026-12-24" };
    expect(told({ ...of({}, {}), override, limits }, { ...set, seats: "40", nps: "50" })?.reasons).toEqual([
      "Satt manuelt til 80 til og med 24. desember 2026: Ny avtale",
      "Holdt på høyst 30: få plasser",
      "seats: 40 %",
    ]);
    expect(told({ ...of({}, {}), override }, { ...set, seats: null, nps: null })?.reasons).toHaveLength(1);
  });

  it("do not tell of losses where too little was known for a score of the rules", () => {
    const override = { score: "a", reason: "b", until: "c" };
    const values = { a: "80", b: "Ny avtale", c: "2026-12-24", seats: "10" };
    expect(told({ ...of({}, {}), minimumCoverage: 0.9, override }, values)?.reasons).toHaveLength(1);
  });

  it("bring the advice of the rules that are named, each once", () => {
    const advice = "Ring om {{ label }}: {{ value }}";
    const all = of({ advice }, { advice: "Spør om tilbakemelding" }, { advice: "Spør om tilbakemelding", label: "x" });
    expect(told(all, { seats: "12", nps: "10" })?.advice).toEqual(["Spør om tilbakemelding", "Ring om seats: 12 %"]);
    expect(told(all, { seats: "100", nps: "100" })?.advice).toEqual([]);
    expect(told(of({}, {}), { seats: "12", nps: "10" })?.advice).toEqual([]);
  });
});
