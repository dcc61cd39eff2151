import { describe, expect, it } from "@jest/globals";
import type { Duration } from "../../../src/scoring/time/duration.ts";
import type { SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import { known, observeSignal, pastOf, unknown } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";

const value = (given: { property?: string; by?: string; expires?: Duration } = {}): SignalSource => ({
  kind: "value",
  property: given.property ?? "mood",
  by: given.by ?? null,
  expires: given.expires ?? null,
});
const days = (amount: number): Duration => ({ amount, unit: "d" });

describe("value", () => {
  it.each([
    ["HEALTHY", known("HEALTHY")],
    ["007", known("007")],
    ["", unknown("blank")],
    [null, unknown("blank")],
  ])("of %j", (mood, expected) => {
    expect(observeSignal(value(), sampleFacts({ company: { mood } }))).toEqual(expected);
  });

  it("of the days between two dates of the company", () => {
    const facts = sampleFacts({ company: { signed: "2026-01-01", live: "2026-03-01T10:00:00Z" } });
    expect(observeSignal(value({ property: "days_between(signed, live)" }), facts)).toEqual(known(59));
    expect(observeSignal(value({ property: "days_between(live, signed)" }), facts)).toEqual(known(-59));
    expect(observeSignal(value({ property: "days_between(signed, left)" }), facts)).toEqual(unknown("blank"));
  });
});

describe("a value that expires", () => {
  it.each<[string, string | null, Duration, ReturnType<typeof known>]>([
    ["on its last day", "2026-07-05", days(90), known("9")],
    ["a day later", "2026-07-04", days(90), unknown("expired")],
    ["by the month", "2026-09-03", { amount: 1, unit: "mo" }, known("9")],
    ["by the month, a day later", "2026-09-02", { amount: 1, unit: "mo" }, unknown("expired")],
    ["by the hour", "2026-10-03T10:00:00Z", { amount: 2, unit: "h" }, known("9")],
    ["by the hour, a moment later", "2026-10-03T09:59:59.999Z", { amount: 2, unit: "h" }, unknown("expired")],
    ["with a date to come", "2026-12-24", days(90), known("9")],
    ["without a date", null, days(90), known("9")],
    ["with what is no date", "soon", days(90), known("9")],
  ])("by another property, %s", (_, answered, expires, expected) => {
    // Its history does not count: the date says more.
    const facts = sampleFacts({
      company: { nps: "9", answered },
      history: { nps: pastOf(["2020-01-01T00:00:00Z", "9"]) },
    });
    expect(observeSignal(value({ property: "nps", by: "answered", expires }), facts)).toEqual(expected);
  });

  it.each([
    ["2026-09-03T00:00:00Z", known("9")],
    ["2026-09-02T22:00:00Z", known("9")],
    ["2026-09-02T21:59:59Z", unknown("expired")],
  ])("by its history, standing since %s", (instant, expected) => {
    const nps = pastOf(["2020-01-01T00:00:00Z", "3"], [instant, "9"], ["2026-10-03T12:00:00.001Z", "10"]);
    const facts = sampleFacts({ company: { nps: "9" }, history: { nps } });
    expect(observeSignal(value({ property: "nps", expires: days(30) }), facts)).toEqual(expected);
    expect(observeSignal(value({ property: "property.nps", expires: days(30) }), facts)).toEqual(expected);
  });

  it("is known without a history, and blank where there is nothing to expire", () => {
    const signal = value({ property: "nps", expires: days(30) });
    expect(observeSignal(signal, sampleFacts({ company: { nps: "9" } }))).toEqual(known("9"));
    const history = { nps: pastOf(["2020-01-01T00:00:00Z", null]) };
    expect(observeSignal(signal, sampleFacts({ company: { nps: null }, history }))).toEqual(unknown("blank"));
  });
});

describe("options", () => {
  it.each([
    ["a", known(1)],
    ["a;b;c", known(3)],
    [";a;b", known(2)],
    ["a;b;a", known(2)],
    [";", known(0)],
    ["", unknown("blank")],
    [null, unknown("blank")],
  ])("chosen in %j", (products, expected) => {
    const signal: SignalSource = { kind: "options", property: "products" };
    expect(observeSignal(signal, sampleFacts({ company: { products } }))).toEqual(expected);
  });
});
