import { describe, expect, it } from "@jest/globals";
import { decide, nothingBefore, type Prior } from "../../../src/scoring/decision.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { Facts } from "../../../src/scoring/facts.ts";
import type { Signal } from "../../../src/scoring/ruleset/signal.ts";
import { momentAt } from "../moment-at.ts";
import { pointsOf } from "../points-of.ts";
import { sampleFacts } from "../sample-facts.ts";
import { plainSignal, sampleRule, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

const named = (name: string) => ({ name, label: name, unit: null });
const login: Signal = { ...named("login"), kind: "days_since", of: "company", field: "last_login_at" };
const tickets: Signal = {
  ...named("tickets"),
  kind: "count",
  of: "tickets",
  links: "primary",
  where: [],
  decay: { by: "createdate", halfLife: { amount: 60, unit: "d" } },
};

/** The written values of so many nights in which nothing happens. */
function nights(count: number, signal: Signal, facts: (night: number) => Facts): Set<string> {
  const rule = sampleRule(signal.name, { grade: { kind: "steps", points: pointsOf([-1000, 40], [100_000, 100]) } });
  const score = sampleScore({ dimensions: [{ name: "all", label: "All", weight: 1, rules: [rule] }] });
  const compiled = compileRuleset(
    sampleRuleset({ signals: [login, tickets, plainSignal("seats"), signal], scores: [score], plays: [] }),
  );
  const written = new Set<string>();
  let values: Record<string, string> | null = null;
  for (let night = 0; night < count; night += 1) {
    const moment = momentAt(new Date(Date.UTC(2026, 9, 1 + night, 3)).toISOString());
    const prior: Prior = { ...nothingBefore(), values };
    const owners = { active: new Set<string>(), idByEmail: new Map<string, string>() };
    const options = { tasksForCurrent: false, cutPoints: new Map() };
    values = decide(compiled, facts(night), prior, moment, owners, options).values;
    written.add(JSON.stringify(Object.entries(values).toSorted(([a], [b]) => a.localeCompare(b))));
  }
  return written;
}

describe("a number that drifts from day to day", () => {
  const made = Array.from({ length: 5 }, () => ({ createdate: "2026-09-01T10:00:00Z" }));
  const company = { last_login_at: "2026-09-01", seats: "7" };

  it.each<[string, Signal]>([
    ["a count that decays", { ...tickets, name: "decaying" }],
    ["a ratio of a day count", { ...named("quiet"), kind: "ratio", of: ["login", "seats"], as: "number" }],
    ["a product over a decaying count", { ...named("worth"), kind: "product", of: ["tickets", 1.5] }],
  ])("writes nothing by itself: %s", (_, signal) => {
    expect(nights(30, signal, () => sampleFacts({ company, tickets: made })).size).toBe(1);
  });

  it("is written where it is a number of the portal's own", () => {
    const facts = (night: number) => sampleFacts({ company: { ...company, seats: String(night) } });
    expect(nights(3, plainSignal("users"), facts).size).toBe(1);
    expect(nights(3, { ...plainSignal("users"), kind: "value", property: "seats" } as Signal, facts).size).toBe(3);
  });
});
