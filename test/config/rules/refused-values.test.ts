import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFileWith, type Refusal } from "./small-file.ts";

const signalKeys =
  "label, unit, value, days_between, days_since, days_until, count, exists, sum, mean, median, min, max, latest, share, change, trend, ratio, product, where, matching, links, by, expires, when_none, currency, half_life, over, as";
const rule0 = "scores.health.dimensions.usage.rules.0";
const rulesOfUsage = `        rules:
          - { signal: seats, grade: { line: { 0: 0, 10: 100 } } }
          - { signal: urgent, grade: { steps: { 0: 100, 1: 0 } } }`;

describe("a value of another kind", () => {
  it.each<Refusal>([
    ["name: Small", "name: [Small]", ["1:7: name: expected a text, found a list"]],
    ["name: Small", "name: ''", ["1:7: name: expected a text, found nothing"]],
    ["language: en", "language: no", ['2:11: language: expected one of nb, da, en, found "no"; write nb']],
    ["language: en", "language: { en: 1 }", ["2:11: language: expected one of nb, da, en, found a group of keys"]],
    [
      "where: { lifecyclestage: customer }",
      "where: customer",
      ['5:10: customers.where: expected a group of conditions, found "customer"'],
    ],
    [
      "lifecyclestage: customer",
      "lifecyclestage: { }",
      ["5:28: customers.where.lifecyclestage: expected at least one comparison, found none"],
    ],
    [
      "lifecyclestage: customer",
      "lifecyclestage: []",
      ["5:28: customers.where.lifecyclestage: expected a list of values, found none"],
    ],
    [
      "lifecyclestage: customer",
      "lifecyclestage:",
      ["5:28: customers.where.lifecyclestage: expected a value, found nothing"],
    ],
    [
      "where: { open: true }",
      "where: [open]",
      ["8:36: signals.urgent.where: expected a group of conditions, found a list"],
    ],
    [
      "seats: { value: company.seats }",
      "seats: 5",
      [`7:10: signals.seats: expected a group of keys (${signalKeys}), found "5"`],
    ],
    [
      "company.seats",
      "seats",
      ['7:19: signals.seats.value: expected company.<property>, found "seats"; did you mean "company.seats"?'],
    ],
    [
      "company.seats",
      "company.Seats",
      [
        '7:19: signals.seats.value: expected a property by its internal name of lower-case letters, digits and _, found "Seats"; did you mean "seats"?',
      ],
    ],
    [
      "count: tickets",
      "count: deal",
      [
        '8:20: signals.urgent.count: expected one of contacts, tickets, invoices, deals, subscriptions, feedback, or company.<property>, found "deal"; did you mean "deals"?',
      ],
    ],
    [
      "{ value: company.seats }",
      "{ mean: ticket.hours }",
      [
        '7:18: signals.seats.mean: expected one of contacts.<field>, tickets.<field>, invoices.<field>, deals.<field>, subscriptions.<field>, feedback.<field>, found "ticket.hours"; did you mean "tickets.hours"?',
      ],
    ],
    ["weight: 1", "weight: 0", ['14:17: scores.health.dimensions.usage.weight: expected a number over 0, found "0"']],
    ["weight: 1", "weight: -1", ['14:17: scores.health.dimensions.usage.weight: expected a number over 0, found "-1"']],
    [
      "weight: 1",
      "weight: 1e3",
      ['14:17: scores.health.dimensions.usage.weight: expected a number over 0, found "1e3"'],
    ],
    [
      "weight: 1",
      "weight: heavy",
      ['14:17: scores.health.dimensions.usage.weight: expected a number over 0, found "heavy"'],
    ],
    [
      "weight: 1",
      "weight: 1,5",
      [
        '14:17: scores.health.dimensions.usage.weight: expected a number over 0, found "1,5"; decimals come after a point: 1.5',
      ],
    ],
    [
      "weight: 1",
      "weight: 99999999999999999999",
      ['14:17: scores.health.dimensions.usage.weight: expected a number over 0, found "99999999999999999999"'],
    ],
    ["0: 0, 10: 100", "0: 0, 10: 101", [`16:57: ${rule0}.grade.line.10: expected a grade from 0 to 100, found "101"`]],
    ["0: 0, 10: 100", "0: 0, 10: -1", [`16:57: ${rule0}.grade.line.10: expected a grade from 0 to 100, found "-1"`]],
    ["0: 0, 10: 100", "0: low, 10: 100", [`16:50: ${rule0}.grade.line.0: expected a grade from 0 to 100, found "low"`]],
    [
      "    bands:",
      "    minimum_coverage: 60\n    bands:",
      ['18:23: scores.health.minimum_coverage: expected a percentage such as 60%, found "60"; write 60%'],
    ],
    [
      "    bands:",
      "    minimum_coverage: 160%\n    bands:",
      ['18:23: scores.health.minimum_coverage: expected a percentage such as 60%, found "160%"'],
    ],
    ["below: 50", "below: 49.5", ['19:25: scores.health.bands.at_risk.below: expected a whole number, found "49.5"']],
    [
      "colour: red",
      "colour: pink",
      ['19:37: scores.health.bands.at_risk.colour: expected one of red, yellow, green, blue, grey, found "pink"'],
    ],
    [
      "due: 1 working day",
      "due: 2 days",
      [
        '24:66: plays.0.task.due: expected a number of working days such as 2 working days, found "2 days"; write 2 working days',
      ],
    ],
    [
      "due: 1 working day",
      "due: 2 working days, priority: URGENT",
      ['24:92: plays.0.task.priority: expected one of LOW, MEDIUM, HIGH, found "URGENT"'],
    ],
    [
      "due: 1 working day",
      "due: 2 working days, type: MAIL",
      ['24:88: plays.0.task.type: expected one of TODO, CALL, EMAIL, found "MAIL"; did you mean "EMAIL"?'],
    ],
    [
      "due: 1 working day",
      "due: 2 working days, owner: me",
      ['24:89: plays.0.task.owner: expected company, contact, { email: ... } or { team: [...] }, found "me"'],
    ],
    [
      "due: 1 working day",
      "due: 2 working days, owner: { email: '' }",
      ["24:98: plays.0.task.owner.email: expected an e-mail address, found nothing"],
    ],
    [
      rulesOfUsage,
      "        rules: []",
      ["15:16: scores.health.dimensions.usage.rules: expected a list of rules, found none"],
    ],
    [
      rulesOfUsage,
      "        rules: { signal: seats }",
      ["15:16: scores.health.dimensions.usage.rules: expected a list of rules, found a group of keys"],
    ],
    [
      "    bands:",
      "    adjustments: { points: 1 }\n    bands:",
      ["18:18: scores.health.adjustments: expected a list of adjustments, found a group of keys"],
    ],
    [
      "    bands:",
      "    adjustments: [{ points: 101, when: { seats: known } }]\n    bands:",
      ['18:29: scores.health.adjustments.0.points: expected a whole number from -100 to 100, found "101"'],
    ],
    [
      "    bands:",
      "    adjustments: [{ points: 1.5, when: { seats: known } }]\n    bands:",
      ['18:29: scores.health.adjustments.0.points: expected a whole number from -100 to 100, found "1.5"'],
    ],
    [
      "    bands:",
      "    adjustments: [{ points: 5, when: {} }]\n    bands:",
      ["18:38: scores.health.adjustments.0.when: expected a group of conditions, found none"],
    ],
    [
      "open: true",
      "createdate: { within: 5m }",
      [
        '8:60: signals.urgent.where.createdate.within: expected a duration such as 12h, 30d, 2w, 6mo or 1y, or next 30d, found "5m"; m could be months or minutes: write 5mo for months (minutes do not count)',
      ],
    ],
    [
      "open: true",
      "createdate: { within: 5m, over: many }",
      [
        '8:60: signals.urgent.where.createdate.within: expected a duration such as 12h, 30d, 2w, 6mo or 1y, or next 30d, found "5m"; m could be months or minutes: write 5mo for months (minutes do not count)',
        '8:70: signals.urgent.where.createdate.over: expected a number, found "many"',
      ],
    ],
    [
      "open: true",
      "createdate: { in: [] }",
      ["8:56: signals.urgent.where.createdate.in: expected a list of values, found none"],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});
