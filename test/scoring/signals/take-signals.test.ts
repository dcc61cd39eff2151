import { describe, expect, it } from "@jest/globals";
import type { Signal, SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import { compileSignals } from "../../../src/scoring/signals/take-signals.ts";
import { known, moment, unknown } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";
import { plainSignal, sampleRuleset } from "../sample-ruleset.ts";

const named = (name: string, source: SignalSource): Signal => ({ name, label: name, unit: null, ...source });
const ratio = (above: string, below: string, as: "number" | "percent" = "number"): SignalSource => ({
  kind: "ratio",
  of: [above, below],
  as,
});
const product = (...of: (string | number)[]): SignalSource => ({ kind: "product", of });
const take = (signals: Signal[], company: Record<string, string | null>, customers = {}) => {
  const ruleset = sampleRuleset({ signals });
  const taken = compileSignals({ ...ruleset, customers: { ...ruleset.customers, ...customers } });
  return taken(sampleFacts({ company }), moment);
};
const made = (source: SignalSource, company: Record<string, string | null>) =>
  take([plainSignal("a"), plainSignal("b"), named("made", source)], company).get("made");

describe("a ratio", () => {
  it.each<[string | null, string | null, ReturnType<typeof known>, ReturnType<typeof known>]>([
    ["3", "4", known(0.75), known(75)],
    ["-3", "4", known(-0.75), known(-75)],
    ["0", "4", known(0), known(0)],
    ["3", "0", unknown("from_zero"), unknown("from_zero")],
    ["0", "0", unknown("from_zero"), unknown("from_zero")],
    ["many", "4", unknown("not_a_number"), unknown("not_a_number")],
    ["3", "true", unknown("not_a_number"), unknown("not_a_number")],
    [null, "4", unknown("blank"), unknown("blank")],
    ["3", null, unknown("blank"), unknown("blank")],
    ["many", null, unknown("blank"), unknown("blank")],
  ])("of %j by %j", (a, b, number, percent) => {
    expect(made(ratio("a", "b"), { a, b })).toEqual(number);
    expect(made(ratio("a", "b", "percent"), { a, b })).toEqual(percent);
  });
});

describe("a product", () => {
  it.each<[(string | number)[], ReturnType<typeof known>]>([
    [["a", "b"], known(12)],
    [["a", "b", 0.5], known(6)],
    [["a", -1, 2], known(-6)],
    [["a", 0], known(0)],
    [["a", "text"], unknown("not_a_number")],
    [["a", "truth"], unknown("not_a_number")],
    [["a", "blank", "tickets"], unknown("blank")],
    [["a", "tickets", "blank"], unknown("unreadable")],
    [["huge", "huge"], unknown("not_a_number")],
  ])("of %j", (of, expected) => {
    const signals = [
      ...["a", "b", "text", "blank", "huge"].map(plainSignal),
      named("tickets", { kind: "count", of: "tickets", links: "primary", where: [], decay: null }),
      named("truth", { kind: "exists", of: "contacts", links: "primary", where: [] }),
      named("made", product(...of)),
    ];
    const company = { a: "3", b: "4", text: "many", blank: null, huge: "1e300" };
    const taken = compileSignals(sampleRuleset({ signals }))(sampleFacts({ company, tickets: null }), moment);
    expect(taken.get("made")).toEqual(expected);
  });

  it("of 0 and a number below it has no sign", () => {
    const zero = made(product("a", -1), { a: "0" });
    expect(zero).toEqual(known(0));
  });
});

describe("the signals of a company", () => {
  it("stand in the order of the file, whichever is made of another, the built-ins last", () => {
    const signals = [named("c", product("r", 2)), named("r", ratio("a", "tenure_days")), plainSignal("a")];
    const company = { a: "60", since: "2026-09-03", renews: "2026-10-10" };
    const taken = take(signals, company, { since: "since", renewal: "renews" });
    expect([...taken]).toEqual([
      ["c", known(4)],
      ["r", known(2)],
      ["a", known("60")],
      ["tenure_days", known(30, "2026-09-03")],
      ["days_to_renewal", { known: true, value: 7, since: null, until: "2026-10-10" }],
    ]);
  });

  it.each([
    [{}, []],
    [{ since: "since" }, ["tenure_days"]],
    [{ renewal: "renews" }, ["days_to_renewal"]],
  ])("have the built-ins that the customers %j give", (customers, expected) => {
    expect([...take([], {}, customers).keys()]).toEqual(expected);
  });

  it("count a renewal that is past below 0, and do not know a date that is not set", () => {
    const customers = { since: "since", renewal: "renews" };
    const taken = take([], { since: null, renews: "2026-10-01" }, customers);
    expect(taken.get("tenure_days")).toEqual(unknown("blank"));
    expect(taken.get("days_to_renewal")).toEqual({ known: true, value: -2, since: null, until: "2026-10-01" });
  });

  it.each<[string, Signal[]]>([
    ["itself", [named("a", product("a", 2))]],
    ["each other", [named("a", ratio("b", "c")), named("b", product("a", "c")), plainSignal("c")]],
    ["one that is not there", [named("a", product("b", 2))]],
    ["a built-in that the customers do not give", [named("a", product("tenure_days", 2))]],
  ])("are refused where one is made of %s", (_, signals) => {
    expect(() => compileSignals(sampleRuleset({ signals }))).toThrow(RangeError);
  });
});
