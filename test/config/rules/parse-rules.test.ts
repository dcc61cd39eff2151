import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parseRules } from "../../../src/config/rules/parse-rules.ts";
import { RuleProblems } from "../../../src/config/rules/rule-problems.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { momentAt } from "../../scoring/moment-at.ts";
import { pointsOf } from "../../scoring/points-of.ts";
import { sampleFacts } from "../../scoring/sample-facts.ts";
import { problemsOf, smallFile } from "./small-file.ts";

const parse = (text: string) => parseRules(text, "rules.yaml");

describe("the shipped rules", () => {
  const ruleset = parse(readFileSync(new URL("../../../config/health.yaml", import.meta.url), "utf8"));

  it("load, and are what they say", () => {
    expect(ruleset).toMatchObject({
      name: "Customer health",
      timezone: "Europe/Oslo",
      prefix: "chs_",
      fallbackOwner: "ingrid.solheim@kundeteam.example",
      customers: { value: "annual_recurring_revenue", renewal: "renewal_date" },
    });
    expect(ruleset.signals.length).toBeGreaterThanOrEqual(10);
    expect(ruleset.scores[0]?.dimensions.map(({ name, weight }) => [name, weight])).toEqual([
      ["usage", 40],
      ["support", 25],
      ["billing", 20],
      ["voice", 15],
    ]);
  });

  it("score a customer", () => {
    const compiled = compileRuleset(ruleset);
    const moment = momentAt("2026-10-03T12:00:00Z");
    const facts = sampleFacts({
      company: {
        last_login_at: "2026-10-02",
        key_features_used: "5",
        seats_active_share: "40",
        hs_csm_sentiment: null,
      },
      tickets: [{ hs_pipeline: "0", hs_pipeline_stage: "1", hs_ticket_priority: "URGENT", createdate: "2026-10-01" }],
    });
    const [score] = compiled.scorecards.map((card) => card.score(compiled.takeSnapshot(facts, moment, null), moment));
    expect(score).toMatchObject({ value: 82, band: "healthy", coverage: 0.733333333 });
  });
});

describe("the small rules", () => {
  it("become plain data, with what was left out filled in", () => {
    const expected: Ruleset = {
      hash: parse(smallFile).hash,
      name: "Small",
      language: "en",
      timezone: "Europe/Oslo",
      prefix: "chs_",
      customers: {
        where: [{ field: "lifecyclestage", test: { kind: "is", values: ["customer"] } }],
        churned: null,
        since: null,
        value: null,
        renewal: null,
      },
      fallbackOwner: null,
      holidays: [],
      rates: new Map(),
      signals: [
        { name: "seats", label: "Seats", unit: null, kind: "value", property: "seats", by: null, expires: null },
        {
          name: "urgent",
          label: "Urgent",
          unit: null,
          kind: "count",
          of: "tickets",
          links: "primary",
          decay: null,
          where: [{ field: "open", test: { kind: "is", values: ["true"] } }],
        },
      ],
      scores: [
        {
          name: "health",
          label: "Health",
          property: "chs_health_score",
          minimumCoverage: 0.5,
          dimensions: [
            {
              name: "usage",
              label: "Usage",
              weight: 1,
              rules: [
                {
                  signal: "seats",
                  label: "Seats",
                  weight: 1,
                  grade: { kind: "line", points: pointsOf([0, 0], [10, 100]) },
                  missing: { kind: "exclude" },
                  reason: null,
                  advice: null,
                },
                {
                  signal: "urgent",
                  label: "Urgent",
                  weight: 1,
                  grade: { kind: "steps", points: pointsOf([0, 100], [1, 0]) },
                  missing: { kind: "exclude" },
                  reason: null,
                  advice: null,
                },
              ],
            },
          ],
          adjustments: [],
          limits: [],
          phases: [],
          pulse: null,
          override: null,
          percentileBands: null,
          bands: [
            { name: "at_risk", label: "At risk", below: 50, colour: "red" },
            { name: "healthy", label: "Healthy", below: null, colour: "green" },
          ],
        },
      ],
      plays: [
        {
          name: "Call",
          slug: "call",
          trigger: { kind: "enters", score: "health", band: "at_risk" },
          conditions: [],
          rearm: { aboveEdge: 0, after: null },
          weeklyCapacity: null,
          task: {
            subject: "{{ company.name }}",
            body: "Call them",
            owner: { kind: "company" },
            dueWorkingDays: 1,
            priority: "MEDIUM",
            type: "TODO",
            escalations: [],
          },
          closeWhen: [{ field: "health", test: { kind: "not", values: ["at_risk"] } }],
        },
      ],
    };
    expect(parse(smallFile)).toEqual(expected);
  });

  it("have one hash for one text", () => {
    expect(parse(smallFile).hash).toMatch(/^[0-9a-f]{64}$/);
    expect(parse(smallFile).hash).toBe(parse(smallFile).hash);
    expect(parse(`${smallFile}# a comment\n`).hash).not.toBe(parse(smallFile).hash);
  });
});

describe("a text that is no rule file at all", () => {
  const nothing = /^1:1: expected a group of keys \(name, .*\), found /;
  it.each(["", "\n\n", "# only a comment\n", "just text", "- a\n- b", "---\n...", "42", "\uFEFF"])("%j", (text) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.replace(/^\d+:\d+/, "1:1")).toMatch(nothing);
  });

  it.each([
    "[".repeat(5000),
    "{a: ".repeat(5000),
    "- ".repeat(5000),
    "\0",
    "a: \u0007",
    '"\\x',
    "? ? ?",
    "%",
    "&",
    "*",
    "!<",
  ])("%.20s does not crash it", (text) => {
    expect(problemsOf(text)).not.toEqual([]);
  });
});

describe("several problems", () => {
  it("are all told, in the order of the file, with its name", () => {
    const text = smallFile
      .replace("language: en", "language: se")
      .replace("weight: 1", "weight: none")
      .replace("colour: green", "colour: lilac")
      .replace("body: Call them", "boby: Call them");
    expect(problemsOf(text).map((problem) => problem.split(": ", 2).join(": "))).toEqual([
      "2:11: language",
      "14:17: scores.health.dimensions.usage.weight",
      "20:26: scores.health.bands.healthy.colour",
      "24:44: plays.0.task",
    ]);
    expect(() => parse(text)).toThrow(RuleProblems);
    expect(() => parse(text)).toThrow(
      /^rules\.yaml:2:11: language: .*\n {2}language: se\n {12}\^\nrules\.yaml:14:17: /,
    );
  });

  it("of names are all told too", () => {
    const text = smallFile
      .replace("Europe/Oslo", "Europe/Olso")
      .replace("signal: urgent", "signal: urgnt")
      .replace("below: 50", "below: 500")
      .replace("leaves: at_risk", "leaves: risk");
    expect(problemsOf(text).map((problem) => problem.split(": ", 1)[0])).toEqual(["3:11", "17:23", "19:25", "25:37"]);
  });
});
