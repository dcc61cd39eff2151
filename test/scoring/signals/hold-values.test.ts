import { describe, expect, it } from "@jest/globals";
import { compileHolding } from "../../../src/scoring/signals/hold-values.ts";
import type { Observation } from "../../../src/scoring/signals/snapshot.ts";
import { momentAt } from "../moment-at.ts";
import { plainRule, sampleScore } from "../sample-ruleset.ts";

const known = (value: number): Observation => ({ known: true, value, since: null });
const unknown: Observation = { known: false, why: "expired" };
const gone: Observation = { ...unknown, held: { value: 7, missingSince: "2026-10-03" } };
const holding = { ...plainRule("nps"), missing: { kind: "hold" as const, for: { amount: 30, unit: "d" as const } } };
const dimensions = [{ name: "all", label: "All", weight: 1, rules: [plainRule("seats"), holding] }];

/** What becomes of the signal on 3 October. */
function held(
  signal: string,
  now: Observation | null,
  before: Observation | null,
  score = sampleScore({ dimensions }),
) {
  const snapshotOf = (observation: Observation | null) => new Map(observation && [[signal, observation]]);
  const moment = momentAt("2026-10-03T12:00:00Z");
  return compileHolding([score])(snapshotOf(now), snapshotOf(before), moment).get(signal);
}

describe("a value that a rule holds", () => {
  it.each<[string, Observation | null, Observation | null, Observation | undefined]>([
    ["goes with the signal on the day on which it is gone", unknown, known(7), gone],
    [
      "stays there, with that day",
      unknown,
      { ...gone, held: { value: 5, missingSince: "2026-09-20" } },
      {
        ...unknown,
        held: { value: 5, missingSince: "2026-09-20" },
      },
    ],
    ["is none where the signal is known", known(8), gone, known(8)],
    ["is none where the signal never was", unknown, unknown, unknown],
    ["is none where the signal is new", unknown, null, unknown],
    ["is none where the signal is no longer read", null, known(7), undefined],
  ])("%s", (_, now, before, expected) => {
    expect(held("nps", now, before)).toEqual(expected);
  });

  it("is none before any snapshot", () => {
    const observed = new Map([["nps", unknown]]);
    const moment = momentAt("2026-10-03T12:00:00Z");
    expect(compileHolding([sampleScore({ dimensions })])(observed, null, moment)).toEqual(observed);
  });

  it("is none for a signal that no rule holds", () => {
    expect(held("seats", unknown, known(7))).toEqual(unknown);
  });

  it("is held for the rules of a phase too", () => {
    const phase = { ...sampleScore({ dimensions }), when: [] };
    expect(held("nps", unknown, known(7), sampleScore({ phases: [phase] }))).toEqual(gone);
  });
});
