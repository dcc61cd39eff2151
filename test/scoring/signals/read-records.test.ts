import { describe, expect, it } from "@jest/globals";
import type { Duration } from "../../../src/scoring/time/duration.ts";
import type { SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import { known, observeSignal, plain, unknown, urgent } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";

const count = { ...plain, kind: "count", of: "tickets", decay: null } satisfies SignalSource;
const exists = { ...plain, kind: "exists", of: "tickets" } satisfies SignalSource;
const share = { ...plain, kind: "share", of: "tickets", matching: urgent } satisfies SignalSource;
const tickets = ["URGENT", "LOW", null, "URGENT"].map((priority) => ({ priority }));

describe("count", () => {
  it("counts what passes; none is zero", () => {
    expect(observeSignal({ ...count, where: urgent }, sampleFacts({ tickets }))).toEqual(known(2));
    expect(observeSignal(count, sampleFacts({ tickets }))).toEqual(known(4));
    expect(observeSignal({ ...count, where: urgent }, sampleFacts())).toEqual(known(0));
  });

  it.each<[string, Duration, number]>([
    ["2026-10-03", { amount: 10, unit: "d" }, 1],
    ["2026-09-23", { amount: 10, unit: "d" }, 0.5],
    ["2026-09-13", { amount: 10, unit: "d" }, 0.25],
    ["2026-09-19", { amount: 2, unit: "w" }, 0.5],
    ["2025-10-03", { amount: 1, unit: "y" }, 0.5 ** (365 / 365.25)],
    ["2026-09-03", { amount: 1, unit: "mo" }, 0.5 ** (30 / 30.4375)],
    ["2026-12-24", { amount: 10, unit: "d" }, 1],
  ])("of one from %s with a half-life of %j", (at, halfLife, expected) => {
    const signal: SignalSource = { ...count, decay: { by: "at", halfLife } };
    const facts = sampleFacts({ tickets: [{ at }, { at: null }, { at: "soon" }] });
    expect(observeSignal(signal, facts)).toEqual(known(expected));
  });
});

describe("exists", () => {
  it("is a truth", () => {
    expect(observeSignal({ ...exists, where: urgent }, sampleFacts({ tickets }))).toEqual(known(true));
    expect(observeSignal(exists, sampleFacts())).toEqual(known(false));
    expect(observeSignal({ ...exists, where: urgent }, sampleFacts({ tickets: [{ priority: "LOW" }] }))).toEqual(
      known(false),
    );
  });
});

describe("share", () => {
  it("is percent of what passes, and unknown of none", () => {
    expect(observeSignal(share, sampleFacts({ tickets }))).toEqual(known(50));
    const where = [{ field: "priority", test: { kind: "known" } }] as const;
    expect(observeSignal({ ...share, where }, sampleFacts({ tickets: tickets.slice(0, 3) }))).toEqual(known(50));
    expect(observeSignal(share, sampleFacts({ tickets: [{ priority: "LOW" }] }))).toEqual(known(0));
    expect(observeSignal(share, sampleFacts())).toEqual(unknown("none"));
  });
});

describe("records", () => {
  it.each<[SignalSource, number | boolean, number | boolean]>([
    [count, 1, 3],
    [{ ...exists, where: urgent }, false, true],
    [share, 0, (100 * 2) / 3],
  ])("of other companies count with links: all only ($kind)", (signal, primary, all) => {
    const facts = sampleFacts({
      tickets: [{ priority: "LOW" }],
      linked: { tickets: [{ priority: "URGENT" }, { priority: "URGENT" }], deals: [{ priority: "URGENT" }] },
    });
    expect(observeSignal(signal, facts)).toEqual(known(primary));
    expect(observeSignal({ ...signal, links: "all" } as SignalSource, facts)).toEqual(known(all));
  });

  it.each<SignalSource>([count, exists, share, { ...count, links: "all" }])(
    "that cannot be read are not known ($kind)",
    (signal) => {
      const facts = sampleFacts({ tickets: null, linked: { tickets } });
      expect(observeSignal(signal, facts)).toEqual(unknown("unreadable"));
    },
  );
});
