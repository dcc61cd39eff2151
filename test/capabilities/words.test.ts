import { expect, test } from "@jest/globals";
import { toTaskBody } from "../../src/hubspot/task-body.ts";
import type { Capability } from "./capability-names.ts";
import type { CaseFacts } from "./observed.ts";
import { nightsOf, taskOf } from "./played.ts";
import type { RuleParts } from "./rules-around.ts";
import { decisionOf } from "./scored.ts";

const said = (parts: RuleParts, facts: CaseFacts) => decisionOf(parts, facts).values["chs_health_reasons"]?.split("\n");
const playSaying = (text: string) => `
  - name: Call
    when: { health: { enters: at_risk } }
    task: { subject: "${text}", body: "${text}", due: 2 working days }`;
const subjectOf = (text: string, parts: RuleParts, facts: CaseFacts) =>
  taskOf({ ...parts, plays: playSaying(text) }, facts).subject;

test("template with company properties" satisfies Capability, () => {
  const facts = { company: { level: "40", name: "Åse & Sønn", plan: "gold" } };
  const text =
    "{{ company.name }}: {{ company.plan | upcase }}{% if company.region %} in {{ company.region }}{% endif %}";
  expect(subjectOf(text, {}, facts)).toBe("Åse & Sønn: GOLD");
});

test("template with reasons and advice" satisfies Capability, () => {
  const rules = "- { signal: level, grade: { line: { 0: 0, 100: 100 } }, advice: 'Ask about {{ label }}' }";
  const facts = { company: { level: "40" } };
  expect(taskOf({ rules, plays: playSaying("{{ reasons }}\\n{{ advice }}") }, facts).body).toBe(
    "- Level: 40\n- Ask about Level",
  );
});

test("template with score, band and change" satisfies Capability, () => {
  const nights = nightsOf({ plays: playSaying("{{ score }}, {{ band }} ({{ change }})") }, [
    { level: "80" },
    { level: "40" },
  ]);
  expect(nights[1]?.tasks[0]?.subject).toBe("40, At risk (-40)");
});

test("template with pulse, phase and signals" satisfies Capability, () => {
  const parts = {
    signals: "feeling: { value: company.feeling }\nseats: { value: company.seats, unit: seats }",
    score: "pulse: feeling\nphases: [{ name: trial, label: Trial period, when: { seats: { under: 9 } } }]",
  };
  const facts = { company: { level: "40", feeling: "Worried", seats: "4" } };
  expect(subjectOf("{{ pulse }}; {{ phase }}; {{ signals.seats }}", parts, facts)).toBe(
    "Worried; Trial period; 4 seats",
  );
});

test("HTML in templates is escaped" satisfies Capability, () => {
  const facts = { company: { level: "40", name: "<script>alert(1)</script> & Co" } };
  const { body } = taskOf({ plays: playSaying("{{ company.name }}") }, facts);
  expect(toTaskBody(body)).toBe("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co");
});

test("reason in own words" satisfies Capability, () => {
  const rules =
    "- { signal: level, grade: { line: { 0: 0, 100: 100 } }, reason: 'Only {{ value }} ({{ grade }}) of {{ label }}' }";
  expect(said({ rules }, { company: { level: "40" } })).toEqual(["Only 40 (40) of Level"]);
});

test("unit behind a value" satisfies Capability, () => {
  const parts = {
    signals: "hours: { label: Hours to close, mean: tickets.hours, unit: hours }",
    rules: "- { signal: hours, grade: { line: { 0: 100, 100: 0 } } }",
  };
  expect(said(parts, { tickets: [{ hours: "52.25" }] })).toEqual(["Hours to close: 52.3 hours"]);
});

test.each([
  ["nb", "Siste pålogging: siden 1. september 2026", "Svar: nei", "Pris: 1 234,5 kr"],
  ["da", "Siste pålogging: siden 1. september 2026", "Svar: nej", "Pris: 1.234,5 kr"],
  ["en", "Siste pålogging: since 1 September 2026", "Svar: no", "Pris: 1,234.5 kr"],
])("words in Norwegian, Danish and English" satisfies Capability, (language, ...expected) => {
  const parts = {
    language,
    signals: `
      quiet: { label: Siste pålogging, days_since: company.last_login_at }
      answered: { label: Svar, exists: feedback }
      price: { label: Pris, value: company.price, unit: kr }`,
    rules: `
      - { signal: quiet, grade: { line: { 0: 100, 30: 0 } } }
      - { signal: answered, grade: { match: { yes: 100, no: 10 } } }
      - { signal: price, grade: { line: { 0: 100, 2000: 0 } } }`,
  };
  const lines = said(parts, { company: { last_login_at: "2026-09-01", price: "1234.5" } });
  expect(lines?.map((line) => line.replaceAll(/\s/g, " "))).toEqual(expected);
});

test.each([
  ["nb", "I faresonen"],
  ["da", "I farezonen"],
  ["en", "At risk"],
])("band labels in the language of the rules" satisfies Capability, (language, label) => {
  const bands = "at_risk: { below: 50, colour: red }\nhealthy: { colour: green }";
  expect(subjectOf("{{ band }}", { language, bands }, { company: { level: "40" } })).toBe(label);
});
