import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFileWith, type Refusal } from "./small-file.ts";

const signalKinds =
  "value, days_between, days_since, days_until, count, exists, sum, mean, median, min, max, latest, share, change, trend, ratio, product";

describe("a signal", () => {
  it.each<Refusal>([
    [
      "value: company.seats",
      "value: company.seats, days_since: company.seats",
      [`7:3: signals.seats: expected exactly one of ${signalKinds}, found value, days_since`],
    ],
    [
      "value: company.seats",
      "label: Seats",
      [`7:3: signals.seats: expected exactly one of ${signalKinds}, found none`],
    ],
    [
      "value: company.seats",
      "value: company.seats, where: { a: b }",
      ["7:34: signals.seats.where: does not go with value; allowed beside it: by, expires"],
    ],
    [
      "value: company.seats",
      "days_since: company.seats, expires: 30d",
      ["7:39: signals.seats.expires: does not go with days_since of the company; allowed beside it: nothing"],
    ],
    [
      "value: company.seats",
      "count: invoices, where: { overdue: yes }",
      ["7:47: signals.seats.where.overdue: expected true or false, known or unknown"],
    ],
    [
      "count: tickets,",
      "count: tickets, when_none: 0,",
      [
        "8:29: signals.urgent.when_none: does not go with count of records; allowed beside it: where, links, by, half_life",
      ],
    ],
    [
      "value: company.seats",
      "max: invoices.days_late, by: invoices.hs_due_date",
      ["7:37: signals.seats.by: does not go with max; allowed beside it: where, links, when_none, currency"],
    ],
    [
      "value: company.seats",
      "latest: contacts.nps",
      ["7:10: signals.seats: expected by beside it: the date by which the latest is told, as contacts.<date>"],
    ],
    [
      "value: company.seats",
      "latest: contacts.nps, by: tickets.createdate",
      ["7:38: signals.seats.by: expected the date by which the latest is told, as contacts.<date>"],
    ],
    [
      "value: company.seats",
      "latest: tickets.x, by: tickets.open",
      ["7:35: signals.seats.by: expected the date by which the latest is told, as tickets.<date>"],
    ],
    [
      "value: company.seats",
      "latest: contacts.nps, by: contacts.at, when_none: 5",
      ["7:51: signals.seats.when_none: does not go with latest; allowed beside it: by, where, links, expires"],
    ],
    [
      "value: company.seats",
      "latest: contacts.nps, by: contacts.at, expires: 12h",
      ['7:60: signals.seats.expires: expected a duration in days or more, such as 30d, 2w, 6mo or 1y, found "12h"'],
    ],
    [
      "value: company.seats",
      "mean: tickets.age_days",
      [
        "7:18: signals.seats.mean: tickets.age_days grows every night, so that only max and min of it have a date to tell",
      ],
    ],
    ...["2y", "13mo", "53w", "367d"].map((over): Refusal => [
      "value: company.seats",
      `change: company.seats, over: ${over}`,
      [`7:41: signals.seats.over: expected at most 1y: what is older is not kept, found ${over}`],
    ]),
    [
      "value: company.seats",
      "trend: company.seats, over: 400d",
      ["7:40: signals.seats.over: expected at most 1y: what is older is not kept, found 400d"],
    ],
    ...["1y", "12mo", "52w", "366d"].map((over): Refusal => [
      "value: company.seats",
      `change: company.seats, over: ${over}`,
      [],
    ]),
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});
