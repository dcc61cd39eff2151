import { describe, expect, it } from "@jest/globals";
import type { Duration } from "../../../src/scoring/time/duration.ts";
import type { SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import { known, observeSignal, plain, unknown } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";

const latest = (expires: Duration | null = null) =>
  ({ ...plain, kind: "latest", of: "contacts", field: "nps", by: "answered", expires }) satisfies SignalSource;
const contact = (nps: string | null, answered: string | null) => ({ nps, answered });

describe("latest", () => {
  it("takes the value of the latest date, whatever the order and the way dates are written", () => {
    const contacts = [
      contact("9", "2026-09-01T10:00:00Z"),
      contact("3", String(Date.parse("2026-09-01T10:00:01Z"))),
      contact("7", "2026-08-31"),
      contact(null, "2026-10-01"),
      contact("5", null),
      contact("1", "recently"),
    ];
    expect(observeSignal(latest(), sampleFacts({ contacts }))).toEqual(known("3"));
    expect(observeSignal(latest(), sampleFacts({ contacts: contacts.toReversed() }))).toEqual(known("3"));
  });

  it("decides between two of one instant without the order of the records", () => {
    const contacts = [contact("9", "2026-09-01"), contact("4", "2026-09-01")];
    expect(observeSignal(latest(), sampleFacts({ contacts }))).toEqual(known("4"));
    expect(observeSignal(latest(), sampleFacts({ contacts: contacts.toReversed() }))).toEqual(known("4"));
  });

  it.each<[Duration, string, ReturnType<typeof known>]>([
    [{ amount: 6, unit: "mo" }, "2026-04-03", known("9")],
    [{ amount: 6, unit: "mo" }, "2026-04-02", unknown("expired")],
    [{ amount: 12, unit: "h" }, "2026-10-03T00:00:00Z", known("9")],
    [{ amount: 12, unit: "h" }, "2026-10-02T23:59:59Z", unknown("expired")],
  ])("expires %j after %s or not", (expires, answered, expected) => {
    const facts = sampleFacts({ contacts: [contact("9", answered)] });
    expect(observeSignal(latest(expires), facts)).toEqual(expected);
  });

  it("looks at the contacts of other companies if told to", () => {
    const facts = sampleFacts({
      contacts: [contact("9", "2026-09-01")],
      linked: { contacts: [contact("2", "2026-09-02")] },
    });
    expect(observeSignal(latest(), facts)).toEqual(known("9"));
    expect(observeSignal({ ...latest(), links: "all" }, facts)).toEqual(known("2"));
  });

  it("is unknown without an answer, and where contacts cannot be read", () => {
    expect(observeSignal(latest(), sampleFacts())).toEqual(unknown("none"));
    expect(observeSignal(latest(), sampleFacts({ contacts: null }))).toEqual(unknown("unreadable"));
  });

  it("reads a real property by its prefix", () => {
    const signal: SignalSource = { ...latest(), field: "property.nps", by: "property.answered" };
    expect(observeSignal(signal, sampleFacts({ contacts: [contact("8", "2026-09-01")] }))).toEqual(known("8"));
  });
});
