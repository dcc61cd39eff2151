import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFileWith, type Refusal } from "./small-file.ts";

const topKeys = "name, language, timezone, prefix, fallback_owner, holidays, rates, customers, signals, scores, plays";
const scoreKeys =
  "label, property, pulse, override, minimum_coverage, dimensions, adjustments, limits, bands, percentile_bands, phases";
const signalKeys =
  "label, unit, value, days_between, days_since, days_until, count, exists, sum, mean, median, min, max, latest, share, change, trend, ratio, product, where, matching, links, by, expires, when_none, currency, half_life, over, as";
const operators = "is, not, in, contains, over, under, at_least, at_most, between, within, before, after";
const rule0 = "scores.health.dimensions.usage.rules.0";

describe("an unknown key, at each level", () => {
  it.each<Refusal>([
    ["name: Small", "nane: Small", [`1:1: unknown key "nane"; did you mean "name"? allowed here: ${topKeys}`]],
    [
      "where: { lifecyclestage",
      "wher: { lifecyclestage",
      ['5:3: customers: unknown key "wher"; did you mean "where"? allowed here: where, churned, since, value, renewal'],
    ],
    [
      "value: company.seats",
      "valu: company.seats",
      [`7:12: signals.seats: unknown key "valu"; did you mean "value"? allowed here: ${signalKeys}`],
    ],
    [
      "property: chs_health_score",
      "propety: chs_health_score",
      [`11:5: scores.health: unknown key "propety"; did you mean "property"? allowed here: ${scoreKeys}`],
    ],
    [
      "weight: 1",
      "wight: 1",
      [
        '14:9: scores.health.dimensions.usage: unknown key "wight"; did you mean "weight"? allowed here: label, weight, rules',
      ],
    ],
    [
      "signal: seats,",
      "signal: seats, wait: 2,",
      [`16:30: ${rule0}: unknown key "wait"; allowed here: signal, label, weight, grade, missing, reason, advice`],
    ],
    [
      "line: {",
      "lines: {",
      [`16:39: ${rule0}.grade: unknown key "lines"; did you mean "line"? allowed here: line, steps, match`],
    ],
    [
      "below: 50",
      "beneath: 50",
      ['19:18: scores.health.bands.at_risk: unknown key "beneath"; allowed here: label, below, colour'],
    ],
    [
      "enters: at_risk",
      "enter: at_risk",
      [
        `23:23: plays.0.when.health: unknown key "enter"; did you mean "enters"? allowed here: enters, leaves, drops, reaches, grace, ${operators}`,
      ],
    ],
    [
      "due: 1",
      "dew: 1",
      [
        "24:11: plays.0.task.due: expected a number of working days such as 2 working days, found nothing",
        '24:61: plays.0.task: unknown key "dew"; allowed here: subject, body, owner, due, priority, type, escalate',
      ],
    ],
    [
      "leaves: at_risk",
      "leave: at_risk",
      [
        `25:29: plays.0.close_when.health: unknown key "leave"; did you mean "leaves"? allowed here: leaves, ${operators}`,
      ],
    ],
    [
      "open: true",
      "open: { equals: true }",
      [`8:46: signals.urgent.where.open: unknown key "equals"; allowed here: ${operators}`],
    ],
    [
      "timezone:",
      "fallback_owner: { mail: a@b.c }\ntimezone:",
      ['3:19: fallback_owner: unknown key "mail"; did you mean "email"? allowed here: email'],
    ],
    [
      "    bands:",
      "    adjustments: [{ points: 1, whem: { seats: known } }]\n    bands:",
      [
        '18:32: scores.health.adjustments.0: unknown key "whem"; did you mean "when"? allowed here: label, points, when',
      ],
    ],
    [
      "    bands:",
      "    limits: [{ cap: 1, whem: { seats: known } }]\n    bands:",
      ['18:24: scores.health.limits.0: unknown key "whem"; did you mean "when"? allowed here: label, cap, floor, when'],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});

describe("a missing key", () => {
  it.each<Refusal>([
    ["name: Small\n", "", ["1:1: name: expected a text, found nothing"]],
    ["language: en\n", "", ["1:1: language: expected one of nb, da, en, found nothing"]],
    ["timezone: Europe/Oslo\n", "", ["1:1: timezone: expected a text, found nothing"]],
    [
      "    property: chs_health_score\n",
      "",
      [
        "11:5: scores.health.property: expected a name of lower-case letters, digits and _, a letter first, found nothing",
      ],
    ],
    [
      "        weight: 1\n",
      "",
      ["14:9: scores.health.dimensions.usage.weight: expected a number over 0, found nothing"],
    ],
    ["signal: seats, ", "", [`16:13: ${rule0}.signal: expected a text, found nothing`]],
    [
      ", colour: red",
      "",
      ["19:16: scores.health.bands.at_risk.colour: expected one of red, yellow, green, blue, grey, found nothing"],
    ],
    ['subject: "{{ company.name }}", ', "", ["24:11: plays.0.task.subject: expected a text, found nothing"]],
    [
      ", due: 1 working day",
      "",
      ["24:11: plays.0.task.due: expected a number of working days such as 2 working days, found nothing"],
    ],
    [
      "    bands:\n      at_risk: { below: 50, colour: red }\n      healthy: { colour: green }\n",
      "",
      ["11:5: scores.health.bands: expected a group of bands, found nothing"],
    ],
    [
      "customers:\n  where: { lifecyclestage: customer }\n",
      "",
      ["1:1: customers: expected a group of keys (where, churned, since, value, renewal), found nothing"],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});
