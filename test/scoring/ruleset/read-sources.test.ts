import { expect, it } from "@jest/globals";
import { linkedSources, readSources } from "../../../src/scoring/ruleset/read-sources.ts";
import type { Signal } from "../../../src/scoring/ruleset/signal.ts";
import { plainSignal, sampleRuleset } from "../sample-ruleset.ts";

const named = { name: "s", label: "S", unit: null };
const over = { amount: 30, unit: "d" } as const;

it.each<[string, Signal, string[], string[]]>([
  ["a value of the company", plainSignal("seats"), [], []],
  ["days of the company", { ...named, kind: "days_since", of: "company", field: "last_login_at" }, [], []],
  ["a change", { ...named, kind: "change", property: "seats", over, as: "percent" }, [], []],
  ["a ratio", { ...named, kind: "ratio", of: ["a", "b"], as: "number" }, [], []],
  [
    "a count that names no property",
    { ...named, kind: "count", of: "deals", where: [], links: "primary", decay: null },
    ["deals"],
    [],
  ],
  [
    "what is at every company",
    { ...named, kind: "exists", of: "feedback", where: [], links: "all" },
    ["feedback"],
    ["feedback"],
  ],
  [
    "days of records",
    { ...named, kind: "days_until", of: "subscriptions", field: "hs_next_payment_due_date", where: [], links: "all" },
    ["subscriptions"],
    ["subscriptions"],
  ],
])("the sources of %s", (_what, signal, read, linked) => {
  const ruleset = sampleRuleset({ signals: [signal] });
  expect([...readSources(ruleset)]).toEqual(read);
  expect([...linkedSources(ruleset)]).toEqual(linked);
});
