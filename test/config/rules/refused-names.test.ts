import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFileWith, type Refusal } from "./small-file.ts";

const rule0 = "scores.health.dimensions.usage.rules.0";

describe("a name that is not known, or taken", () => {
  it.each<Refusal>([
    [
      "signal: seats",
      "signal: seets",
      [`16:23: ${rule0}.signal: no signal is called "seets"; did you mean "seats"? known: seats, urgent`],
    ],
    [
      "timezone: Europe/Oslo",
      "timezone: Europe/Olso",
      ['3:11: timezone: no time zone is called "Europe/Olso"; did you mean "Europe/Oslo"?'],
    ],
    [
      "    bands:",
      "    adjustments: [{ points: 5, when: { seets: known } }]\n    bands:",
      [
        '18:40: scores.health.adjustments.0.when.seets: no signal is called "seets"; did you mean "seats"? known: seats, urgent',
      ],
    ],
    [
      "    bands:",
      "    limits: [{ cap: 5, when: { seets: known } }]\n    bands:",
      [
        '18:32: scores.health.limits.0.when.seets: no signal is called "seets"; did you mean "seats"? known: seats, urgent',
      ],
    ],
    [
      "when: { health: { enters: at_risk",
      "when: { helth: { enters: at_risk",
      ['23:13: plays.0.when.helth: no score is called "helth"; did you mean "health"? known: health'],
    ],
    [
      "enters: at_risk",
      "enters: at_rsk",
      [
        '23:31: plays.0.when.health.enters: no band of health is called "at_rsk"; did you mean "at_risk"? known: at_risk, healthy',
      ],
    ],
    [
      "leaves: at_risk",
      "leaves: at_rsk",
      [
        '25:37: plays.0.close_when.health.leaves: no band of health is called "at_rsk"; did you mean "at_risk"? known: at_risk, healthy',
      ],
    ],
    [
      "enters: at_risk",
      "enters: unknown",
      ['23:31: plays.0.when.health.enters: no band of health is called "unknown"; known: at_risk, healthy'],
    ],
    [
      "when: { health: { enters: at_risk } }",
      "when: { health: { enters: at_risk }, other: { enters: at_risk } }",
      [
        "23:11: plays.0.when: expected exactly one trigger, as { <score>: { enters: <band> } } with enters, leaves, drops or reaches, found 2",
        '23:42: plays.0.when.other: no score is called "other"; known: health',
      ],
    ],
    [
      "when: { health: { enters: at_risk } }",
      "when: {}",
      [
        "23:11: plays.0.when: expected a group with what sets the play off, such as { health: { enters: at_risk } }, found none",
      ],
    ],
    [
      "  seats: {",
      "  Seats: {",
      [
        '7:3: signals.Seats: expected a name of lower-case letters, digits and _, a letter first, found "Seats"',
        `16:23: ${rule0}.signal: no signal is called "seats"; did you mean "Seats"? known: Seats, urgent`,
      ],
    ],
    [
      "      usage:",
      "      Usage:",
      [
        '13:7: scores.health.dimensions.Usage: expected a name of lower-case letters, digits and _, a letter first, found "Usage"',
      ],
    ],
    ["      usage:", "      coverage:", ["13:7: scores.health.dimensions.coverage: this name is reserved"]],
    ["      usage:", "      change_30d:", ["13:7: scores.health.dimensions.change_30d: this name is reserved"]],
    [
      "at_risk: {",
      "unknown: {",
      [
        "19:7: scores.health.bands.unknown: this name is reserved",
        '23:31: plays.0.when.health.enters: no band of health is called "at_risk"; known: unknown, healthy',
        '25:37: plays.0.close_when.health.leaves: no band of health is called "at_risk"; known: unknown, healthy',
      ],
    ],
    ["healthy: {", "churned: {", ["20:7: scores.health.bands.churned: this name is reserved"]],
    [
      "  seats: {",
      "  health: {",
      [
        "10:3: scores.health: a signal has this name already",
        `16:23: ${rule0}.signal: no signal is called "seats"; known: health, urgent`,
      ],
    ],
    [
      "property: chs_health_score",
      "property: health_score",
      [
        '11:15: scores.health.property: expected a name that begins with chs_ and ends with _score, found "health_score"',
      ],
    ],
    [
      "property: chs_health_score",
      "property: chs_health",
      ['11:15: scores.health.property: expected a name that begins with chs_ and ends with _score, found "chs_health"'],
    ],
    [
      "company.seats",
      "company.chs_health_band",
      ["7:19: signals.seats.value: chs_health_band is written by this file, so it cannot be read by it"],
    ],
    [
      "lifecyclestage: customer",
      "chs_health_usage: known",
      ["5:12: customers.where.chs_health_usage: chs_health_usage is written by this file, so it cannot be read by it"],
    ],
    [
      "  where: { lifecyclestage: customer }",
      "  where: { lifecyclestage: customer }\n  value: chs_health_score",
      ["6:10: customers.value: chs_health_score is written by this file, so it cannot be read by it"],
    ],
    [
      "company.name",
      "company.chs_health_score",
      ["24:22: plays.0.task.subject: chs_health_score is written by this file, so it cannot be read by it"],
    ],
    [
      "plays:\n",
      "plays:\n  - { name: CALL!, when: { health: { enters: at_risk } }, task: { subject: a, body: b, due: 1 working day } }\n",
      ["23:11: plays.1.name: a play before has this name"],
    ],
    ["name: Call", "name: '!!!'", ["22:11: plays.0.name: expected a name with letters or digits"]],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});

describe("a template", () => {
  it.each<Refusal>([
    [
      "company.name }}",
      "company.name",
      ['24:22: plays.0.task.subject: not a template: output "{{ company.name" not closed'],
    ],
    [
      "{{ company.name }}",
      "{{ companyname }}",
      [
        '24:22: plays.0.task.subject: not a template: nothing is called "companyname" here; known: company.<property>, signals.<name>, score, band, change, reasons, advice, pulse, phase',
      ],
    ],
    [
      "body: Call them",
      "body: '{{ compny.name }} {{ score }} {{ signal.seats }} {{ bnd }}'",
      ["compny.name", "signal.seats", "bnd"].map((name, index) => {
        const meant = ["company.name", "signals.seats", "band"][index] ?? "";
        const known = "company.<property>, signals.<name>, score, band, change, reasons, advice, pulse, phase";
        return `24:50: plays.0.task.body: not a template: nothing is called "${name}" here; known: ${known}; did you mean "${meant}"?`;
      }),
    ],
    [
      "body: Call them",
      "body: '{% for i in (1..9) %}'",
      ["24:50: plays.0.task.body: not a template: loops do not work here"],
    ],
    [
      "body: Call them",
      "body: '{{ score | shout }}'",
      ["24:50: plays.0.task.body: not a template: undefined filter: shout"],
    ],
    [
      '"{{ company.name }}"',
      "{{ company.name }}",
      ['24:22: a text with {{ }} must stand in quotes: "{{ company.name }}"'],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});

describe("a property that cannot be read", () => {
  const prefixed = "what begins with chs_ is written by the program, so it cannot be read";
  const moved = "our own tasks move it, so it tells nothing; use notes_last_contacted";

  it.each<Refusal>([
    ["company.seats", "company.chs_other", [`7:19: signals.seats.value: chs_other: ${prefixed}`]],
    ["lifecyclestage: customer", "chs_other: known", [`5:12: customers.where.chs_other: chs_other: ${prefixed}`]],
    ["company.name", "company.chs_other", [`24:22: plays.0.task.subject: chs_other: ${prefixed}`]],
    [
      "value: company.seats",
      "days_since: company.notes_last_updated",
      [`7:24: signals.seats.days_since: notes_last_updated: ${moved}`],
    ],
    [
      "value: company.seats",
      "days_until: company.notes_next_activity_date",
      [`7:24: signals.seats.days_until: notes_next_activity_date: ${moved}`],
    ],
    [
      "value: company.seats",
      "days_since: contacts.lastmodifieddate",
      [`7:24: signals.seats.days_since: lastmodifieddate: ${moved}`],
    ],
    [
      "open: true",
      "hs_lastmodifieddate: { within: 30d }",
      [`8:38: signals.urgent.where.hs_lastmodifieddate: hs_lastmodifieddate: ${moved}`],
    ],
    [
      "value: company.seats",
      "days_between: [company.at, company.hs_last_open_task_date]",
      [`7:26: signals.seats.days_between: hs_last_open_task_date: ${moved}`],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });

  it.each([
    ["value: company.seats", "days_since: company.notes_last_contacted"],
    ["value: company.seats", "latest: contacts.chs_answer, by: contacts.answered_at"],
    ["value: company.seats", "value: company.my_chs_other"],
  ])("%j as %j can be read", (part, otherwise) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual([]);
  });

  it("is told by the file's own prefix", () => {
    const text = smallFileWith("company.seats", "company.kh_other")
      .replace("timezone:", "prefix: kh_\ntimezone:")
      .replace("chs_health_score", "kh_health_score");
    expect(problemsOf(text)).toEqual([
      "8:19: signals.seats.value: kh_other: what begins with kh_ is written by the program, so it cannot be read",
    ]);
  });
});
