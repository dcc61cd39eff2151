import { describe, expect, it } from "@jest/globals";
import type { Duration } from "../../../src/scoring/time/duration.ts";
import type { PastValue } from "../../../src/scoring/facts.ts";
import type { SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import type { Observation } from "../../../src/scoring/signals/snapshot.ts";
import { known, observeSignal, pastOf, unknown } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";

const change = (given: Partial<Extract<SignalSource, { kind: "change" }>> = {}): SignalSource => ({
  kind: "change",
  property: "logins",
  over: { amount: 30, unit: "d" },
  as: "difference",
  ...given,
});
const factsOf = (logins: string | null, past: PastValue[]) =>
  sampleFacts({ company: { logins }, history: { logins: past } });

describe("change", () => {
  it.each<[string | null, string | null, Observation, Observation]>([
    ["40", "10", known(-30), known(-75)],
    ["40", "50", known(10), known(25)],
    ["40", "40", known(0), known(0)],
    ["-40", "-50", known(-10), known(-25)],
    ["-40", "40", known(80), known(200)],
    ["0", "40", known(40), unknown("from_zero")],
    ["0", "0", known(0), known(0)],
    ["40", "0", known(-40), known(-100)],
    ["many", "40", unknown("not_a_number"), unknown("not_a_number")],
    [null, "40", unknown("not_a_number"), unknown("not_a_number")],
    ["40", "many", unknown("not_a_number"), unknown("not_a_number")],
    ["40", null, unknown("not_a_number"), unknown("not_a_number")],
  ])("from %j to %j", (before, now, difference, percent) => {
    const facts = factsOf(now, pastOf(["2026-01-01T00:00:00Z", before], ["2026-09-20T00:00:00Z", now]));
    expect(observeSignal(change(), facts)).toEqual(difference);
    expect(observeSignal(change({ as: "percent" }), facts)).toEqual(percent);
  });

  it.each<[string, Duration, string, Observation]>([
    ["days, at the very time", { amount: 30, unit: "d" }, "2026-09-03T12:00:00Z", known(-30)],
    ["days, just later", { amount: 30, unit: "d" }, "2026-09-03T12:00:00.001Z", unknown("no_history")],
    ["months", { amount: 1, unit: "mo" }, "2026-09-03T12:00:00Z", known(-30)],
    ["months, just later", { amount: 1, unit: "mo" }, "2026-09-03T12:00:01Z", unknown("no_history")],
    ["weeks", { amount: 2, unit: "w" }, "2026-09-19T12:00:00Z", known(-30)],
    ["a time at which clocks differed", { amount: 8, unit: "mo" }, "2026-02-03T13:00:00Z", known(-30)],
    ["that, just later", { amount: 8, unit: "mo" }, "2026-02-03T13:00:01Z", unknown("no_history")],
    ["hours", { amount: 6, unit: "h" }, "2026-10-03T06:00:00Z", known(-30)],
    ["hours, just later", { amount: 6, unit: "h" }, "2026-10-03T06:00:01Z", unknown("no_history")],
  ])("over %s", (_, over, instant, expected) => {
    expect(observeSignal(change({ over }), factsOf("10", pastOf([instant, "40"])))).toEqual(expected);
  });

  it("takes the last value before that time, not the nearest", () => {
    const past = pastOf(["2026-01-01T00:00:00Z", "1"], ["2026-08-01T00:00:00Z", "2"], ["2026-09-04T00:00:00Z", "3"]);
    expect(observeSignal(change(), factsOf("10", past))).toEqual(known(8));
  });

  it("is not known without a history", () => {
    expect(observeSignal(change(), sampleFacts({ company: { logins: "10" } }))).toEqual(unknown("no_history"));
    expect(observeSignal(change({ property: "constructor" }), sampleFacts())).toEqual(unknown("no_history"));
  });
});
