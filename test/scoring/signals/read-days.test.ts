import { describe, expect, it } from "@jest/globals";
import type { SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import { known, observeSignal, plain, unknown, urgent } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";

const until = (value: number, date: string) => ({ known: true, value, since: null, until: date });

describe("of the company", () => {
  it.each([
    ["2026-10-03", known(0, "2026-10-03"), until(0, "2026-10-03")],
    ["2026-09-03", known(30, "2026-09-03"), until(-30, "2026-09-03")],
    ["2026-10-02T22:30:00Z", known(0, "2026-10-03"), until(0, "2026-10-03")],
    ["2026-10-05", known(-2, "2026-10-05"), until(2, "2026-10-05")],
    [String(Date.parse("2026-09-01")), known(32, "2026-09-01"), until(-32, "2026-09-01")],
    ["", unknown("blank"), unknown("blank")],
    [null, unknown("blank"), unknown("blank")],
    ["NPS 9", unknown("not_a_date"), unknown("not_a_date")],
  ])("days_since and days_until %j", (login, since, left) => {
    const facts = sampleFacts({ company: { login } });
    expect(observeSignal({ kind: "days_since", of: "company", field: "login" }, facts)).toEqual(since);
    expect(observeSignal({ kind: "days_until", of: "company", field: "login" }, facts)).toEqual(left);
  });
});

describe("of records", () => {
  const days = (kind: "days_since" | "days_until", links: "primary" | "all" = "primary"): SignalSource => ({
    ...plain,
    kind,
    of: "tickets",
    field: "at",
    links,
  });
  const tickets = ["2026-12-24", "2026-09-20", null, "2026-10-10", "2026-09-30", "soon", ""].map((at) => ({ at }));

  it("days_since takes the latest that is past, days_until the next", () => {
    for (const ordered of [tickets, tickets.toReversed()]) {
      const facts = sampleFacts({ tickets: ordered });
      expect(observeSignal(days("days_since"), facts)).toEqual(known(3, "2026-09-30"));
      expect(observeSignal(days("days_until"), facts)).toEqual(until(7, "2026-10-10"));
    }
  });

  it("counts today in both", () => {
    const facts = sampleFacts({ tickets: [...tickets, { at: "2026-10-03T20:00:00Z" }] });
    expect(observeSignal(days("days_since"), facts)).toEqual(known(0, "2026-10-03"));
    expect(observeSignal(days("days_until"), facts)).toEqual(until(0, "2026-10-03"));
  });

  it("looks at what passes only, and at linked ones if told to", () => {
    const facts = sampleFacts({ tickets, linked: { tickets: [{ at: "2026-10-01", priority: "URGENT" }] } });
    expect(observeSignal(days("days_since"), facts)).toEqual(known(3, "2026-09-30"));
    expect(observeSignal(days("days_since", "all"), facts)).toEqual(known(2, "2026-10-01"));
    expect(observeSignal({ ...days("days_since"), where: urgent } as SignalSource, facts)).toEqual(unknown("none"));
  });

  it("is unknown where no date lies on its side, and where records cannot be read", () => {
    const [future, past] = [
      sampleFacts({ tickets: [{ at: "2026-12-24" }] }),
      sampleFacts({ tickets: [{ at: "1999-12-24" }] }),
    ];
    expect(observeSignal(days("days_since"), future)).toEqual(unknown("none"));
    expect(observeSignal(days("days_until"), past)).toEqual(unknown("none"));
    expect(observeSignal(days("days_until"), sampleFacts({ tickets: null }))).toEqual(unknown("unreadable"));
  });
});
