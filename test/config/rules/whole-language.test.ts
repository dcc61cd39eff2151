import { describe, expect, it } from "@jest/globals";
import { parseRules } from "../../../src/config/rules/parse-rules.ts";
import { problemsOf, smallFile, smallFileWith, type Refusal } from "./small-file.ts";

const parse = (text: string) => parseRules(text, "rules.yaml");
const days = (amount: number) => ({ amount, unit: "d" });
const ofTickets = { of: "tickets", links: "primary", where: [] };
const signalIn = (written: string) => {
  const grade = written.startsWith("exists") ? "match: { yes: 0, no: 100 }" : "line: { 0: 0, 10: 100 }";
  const text = smallFileWith("value: company.seats", written).replace("line: { 0: 0, 10: 100 }", grade);
  return parse(text).signals[0];
};

describe("a signal", () => {
  it.each([
    ["value: company.a, expires: 30d, by: company.b", { kind: "value", property: "a", by: "b", expires: days(30) }],
    ["value: 'company.days_between(a, b)'", { kind: "value", property: "days_between(a, b)" }],
    ["days_between: [company.a, company.b]", { kind: "value", property: "days_between(a, b)" }],
    ["days_since: company.a", { kind: "days_since", of: "company", field: "a" }],
    ["days_until: tickets.a, links: all", { ...ofTickets, kind: "days_until", field: "a", links: "all" }],
    ["count: company.a", { kind: "options", property: "a" }],
    [
      "count: tickets, half_life: 2w, by: tickets.createdate",
      { ...ofTickets, kind: "count", decay: { by: "createdate", halfLife: { amount: 2, unit: "w" } } },
    ],
    ["exists: feedback", { kind: "exists", of: "feedback", links: "primary", where: [] }],
    ["sum: invoices.hs_balance_due, currency: NOK", { kind: "sum", field: "hs_balance_due", currency: "NOK" }],
    ["median: 'tickets.days_between(a, b)'", { ...ofTickets, kind: "median", field: "days_between(a, b)" }],
    [
      "share: tickets, matching: { open: true }",
      { ...ofTickets, kind: "share", matching: [{ field: "open", test: { kind: "is", values: ["true"] } }] },
    ],
    ["change: company.a, over: 30d", { kind: "change", property: "a", over: days(30), as: "difference" }],
    [
      "trend: company.a, over: 90d, as: percent, half_life: 30d",
      { kind: "trend", property: "a", over: days(90), as: "percent", halfLife: days(30) },
    ],
    ["ratio: [urgent, urgent], as: percent", { kind: "ratio", of: ["urgent", "urgent"], as: "percent" }],
    ["product: [urgent, 3]", { kind: "product", of: ["urgent", 3] }],
    ["value: company.a, unit: kr", { kind: "value", unit: "kr" }],
  ])("%s", (written, expected) => {
    expect(signalIn(written)).toMatchObject(expected);
  });

  it.each<Refusal>([
    [
      "value: company.seats",
      "exists: company.seats",
      [
        "7:20: signals.seats.exists: expected records, as tickets; whether a property is filled in is asked by value, with known in conditions",
      ],
    ],
    [
      "value: company.seats",
      "share: tickets",
      ["7:19: signals.seats.share: expected matching beside it: what the records must pass"],
    ],
    [
      "value: company.seats",
      "change: company.a",
      ["7:20: signals.seats.change: expected over beside it: how far back it looks, such as 30d"],
    ],
    [
      "value: company.seats",
      "ratio: [urgent, seats]",
      ["7:19: signals.seats.ratio: is worked out from itself: seats -> seats"],
    ],
    [
      "value: company.seats",
      "median: tickets.a, half_life: 30d",
      ["7:31: signals.seats.half_life: does not go with median; allowed beside it: where, links, when_none, currency"],
    ],
    [
      "value: company.seats",
      "count: tickets, half_life: 30d",
      ["7:10: signals.seats: expected by beside it: the date by which the age of a record is told, as tickets.<date>"],
    ],
    [
      "value: company.seats",
      "mean: contacts.a, currency: NOK",
      ["7:40: signals.seats.currency: contacts name no currency; allowed with: invoices, deals, subscriptions"],
    ],
    [
      "  seats: {",
      "  tenure_days: {",
      [
        "7:3: signals.tenure_days: this name is reserved",
        '16:23: scores.health.dimensions.usage.rules.0.signal: no signal is called "seats"; known: tenure_days, urgent',
      ],
    ],
  ])("%j as %j is refused", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});

describe("a comparison", () => {
  it.each([
    ["{ contains: [a, b] }", [{ kind: "contains", values: ["a", "b"] }]],
    ["{ not: [a, b] }", [{ kind: "not", values: ["a", "b"] }]],
    ["{ between: [1, 2.5] }", [{ kind: "between", from: 1, to: 2.5 }]],
    ["{ within: next 30d }", [{ kind: "within_next", next: days(30) }]],
    [
      "{ before: today, after: 30d ago }",
      [
        { kind: "before", day: { kind: "today" } },
        { kind: "after", day: { kind: "ago", by: days(30) } },
      ],
    ],
    ["{ after: in 30d }", [{ kind: "after", day: { kind: "ahead", by: days(30) } }]],
    ["{ before: 2026-10-03 }", [{ kind: "before", day: { kind: "date", date: "2026-10-03" } }]],
  ])("%s", (written, tests) => {
    const { where } = parse(smallFileWith("lifecyclestage: customer", `lifecyclestage: ${written}`)).customers;
    expect(where.map(({ test }) => test)).toEqual(tests);
  });

  it.each<Refusal>([
    [
      "lifecyclestage: customer",
      "a: { between: [2, 1] }",
      ["5:26: customers.where.a.between: expected the lesser number first, found 2 before 1"],
    ],
    [
      "lifecyclestage: customer",
      "a: { before: 2026-02-30 }",
      [
        '5:25: customers.where.a.before: expected a day such as 2026-10-03, today, 30d ago or in 30d, found "2026-02-30"',
      ],
    ],
  ])("%j as %j is refused", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});

describe("a score", () => {
  const withScore = (more: string) => parse(smallFileWith("    bands:", `${more}    bands:`)).scores[0];

  it("has phases that replace what they name, and merge nothing", () => {
    const score = withScore("    phases: [{ name: new, when: { seats: { under: 3 } }, minimum_coverage: 10% }]\n");
    expect(score?.phases).toHaveLength(1);
    expect(score?.phases[0]).toMatchObject({ name: "new", label: "New", minimumCoverage: 0.1, bands: score?.bands });
  });

  it("has a pulse, an override and percentile bands", () => {
    const more = `    pulse: seats
    override: { score: a, reason: b, until: c }
    percentile_bands: { unhealthy: 25, healthy: 75, property: chs_quartile }
`;
    expect(withScore(more)).toMatchObject({
      pulse: "seats",
      override: { score: "a", reason: "b", until: "c" },
      percentileBands: { unhealthy: 25, healthy: 75, property: "chs_quartile" },
    });
  });

  it.each([
    ["neutral", { kind: "grade", grade: 50 }],
    ["{ grade: 30 }", { kind: "grade", grade: 30 }],
    ["{ hold: 30d }", { kind: "hold", for: days(30) }],
  ])("takes what is missing as %s", (written, missing) => {
    const [rule] =
      parse(smallFileWith("signal: seats,", `signal: seats, missing: ${written},`)).scores[0]?.dimensions[0]?.rules ??
      [];
    expect(rule?.missing).toEqual(missing);
  });

  it("calls well-known bands by the words of the language", () => {
    const { scores } = parse(smallFileWith("language: en", "language: nb"));
    expect(scores[0]?.bands.map(({ label }) => label)).not.toContain("Healthy");
  });

  it.each<Refusal>([
    [
      "    bands:",
      "    phases: [{ name: new, when: { seats: known }, bands: { healthy: { colour: green } } }]\n    bands:",
      [
        "18:58: scores.health.phases.0.bands: expected the bands of the score in their order (at_risk, healthy), found healthy",
      ],
    ],
    [
      "    bands:",
      "    percentile_bands: { unhealthy: 80, healthy: 75, property: chs_q }\n    bands:",
      [
        "18:23: scores.health.percentile_bands: expected unhealthy over 0, healthy under 100, and unhealthy not over healthy, found 80 and 75",
      ],
    ],
    [
      "    bands:",
      "    pulse: seets\n    bands:",
      ['18:12: scores.health.pulse: no signal is called "seets"; did you mean "seats"? known: seats, urgent'],
    ],
  ])("%j as %j is refused", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});

describe("a play", () => {
  const playWith = (written: string) =>
    parse(smallFileWith("when: { health: { enters: at_risk } }", `when: ${written}`)).plays[0];

  it.each([
    ["{ health: { leaves: healthy } }", { kind: "leaves", score: "health", band: "healthy" }],
    ["{ health: { drops: 15, within: 30d } }", { kind: "drops", score: "health", points: 15, within: days(30) }],
    ["{ seats: { reaches: 90 } }", { kind: "reaches", signal: "seats", value: 90, grace: days(7) }],
    ["{ seats: { reaches: 90, grace: 2d } }", { kind: "reaches", signal: "seats", value: 90, grace: days(2) }],
  ])("is set off by %s", (written, trigger) => {
    expect(playWith(written)?.trigger).toEqual(trigger);
  });

  it("asks for more than its trigger, and goes to a team within a capacity", () => {
    const text = smallFile
      .replace(
        "{ health: { enters: at_risk } }",
        "{ health: { enters: at_risk }, seats: { over: 3 } }\n    capacity: 20 per week\n    rearm: { above_edge: 5, after: 14d }",
      )
      .replace(
        "due: 1 working day",
        "due: 1 working day, owner: { team: [a@b.c] }, escalate: [{ when: { health: at_risk }, priority: HIGH }]",
      );
    expect(parse(text).plays[0]).toMatchObject({
      conditions: [{ field: "seats", test: { kind: "over", than: 3 } }],
      rearm: { aboveEdge: 5, after: days(14) },
      weeklyCapacity: 20,
      task: {
        owner: { kind: "team", emails: ["a@b.c"] },
        escalations: [{ when: [{ field: "health", test: { kind: "is", values: ["at_risk"] } }], priority: "HIGH" }],
      },
    });
  });

  it.each<Refusal>([
    [
      "when: { health: { enters: at_risk } }",
      "when: { health: { drops: 15 } }",
      [
        "23:21: plays.0.when.health: expected within beside drops: the time in which the points are lost, such as within: 30d",
      ],
    ],
    [
      "when: { health: { enters: at_risk } }",
      "when: { health: { enters: at_risk, over: 3 } }",
      ["23:40: plays.0.when.health.over: does not go with enters; allowed beside it: nothing"],
    ],
    [
      "when: { health: { enters: at_risk } }",
      "when: { health: at_rsk, seats: { reaches: 3 } }",
      [
        '23:21: plays.0.when.health: no band of health is called "at_rsk"; did you mean "at_risk"? known: at_risk, healthy',
      ],
    ],
    [
      "when: { health: { enters: at_risk } }",
      "when: { health: { drops: 5, within: 30d } }\n    rearm: { above_edge: 5 }",
      ["24:14: plays.0.rearm.above_edge: goes with enters alone: only a band that is entered has an edge"],
    ],
  ])("%j as %j is refused", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});

describe("columns of a table", () => {
  it("may be called anything where that is asked for", () => {
    const text = smallFileWith("company.seats", "company.Monthly Charges");
    expect(parseRules(text, "rules.yaml", { propertyNames: "any" }).signals[0]).toMatchObject({
      property: "Monthly Charges",
    });
    expect(problemsOf(text)).toHaveLength(1);
  });
});
