import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import type { RuleParts } from "./rules-around.ts";
import { decisionOf, scoreAfter, scoreOf } from "./scored.ts";

const at = (level: number) => ({ company: { level: String(level) } });

test("missing: hold the last known value" satisfies Capability, () => {
  const parts = {
    signals: "pulse: { value: company.pulse }",
    rules: `
      - { signal: level, grade: { line: { 0: 0, 100: 100 } } }
      - { signal: pulse, grade: { line: { 0: 0, 100: 100 } }, missing: { hold: 30d } }`,
  };
  const gone = { company: { level: "80" } };
  const nights = scoreAfter(parts, { company: { level: "80", pulse: "40" } }, [
    ["2026-10-02T08:00:00Z", gone],
    ["2026-10-31T08:00:00Z", gone],
    ["2026-11-01T08:00:00Z", gone],
  ]);
  expect(nights.map((score) => [score?.value, score?.coverage])).toEqual([
    [60, 1],
    [60, 1],
    [80, 0.5],
  ]);
});

test("score of each dimension" satisfies Capability, () => {
  const parts = {
    signals: "voice: { value: company.voice }",
    dimensions: `
      usage: { weight: 3, rules: [{ signal: level, grade: { line: { 0: 0, 100: 100 } } }] }
      opinion: { weight: 1, rules: [{ signal: voice, grade: { line: { 0: 0, 10: 100 } } }] }`,
  };
  const { values } = decisionOf(parts, { company: { level: "40", voice: "9" } });
  expect(values).toMatchObject({ chs_health_score: "53", chs_health_usage: "40", chs_health_opinion: "90" });
});

test("several scores" satisfies Capability, () => {
  const parts = {
    signals: "seats_left: { value: company.seats_left }",
    scores: `
      expansion:
        property: chs_expansion_score
        dimensions:
          room: { weight: 1, rules: [{ signal: seats_left, grade: { line: { 0: 100, 10: 0 } } }] }
        bands: { later: { below: 70, colour: grey }, now: { colour: blue } }`,
  };
  const { values } = decisionOf(parts, { company: { level: "40", seats_left: "2" } });
  expect(values).toMatchObject({
    chs_health_score: "40",
    chs_health_band: "at_risk",
    chs_expansion_score: "80",
    chs_expansion_band: "now",
  });
});

const phases: RuleParts = {
  customers: "since: customer_since",
  signals: "guided: { value: company.guided }",
  score: `
    minimum_coverage: 0%
    limits: [{ label: Low, cap: 60, when: { level: { over: 0 } } }]
    phases:
      - name: onboarding
        when: { tenure_days: { under: 90 } }
        dimensions: { start: { weight: 1, rules: [{ signal: guided, grade: { line: { 0: 0, 10: 100 } } }] } }
      - name: settling
        when: { tenure_days: { under: 180 } }
        minimum_coverage: 100%
        adjustments: [{ points: 10, when: { level: known } }]
        limits: [{ label: Settled, cap: 90, when: { level: { over: 0 } } }]
        bands:
          at_risk: { below: 20, colour: red }
          watch: { below: 40, colour: yellow }
          healthy: { colour: green }`,
};

test("phase with its own dimensions" satisfies Capability, () => {
  const company = { level: "10", guided: "5" };
  const early = scoreOf(phases, { company: { ...company, customer_since: "2026-07-04" } });
  expect([early.phase, early.value, early.dimensions.map(({ name }) => name)]).toEqual(["onboarding", 50, ["start"]]);
  const late = scoreOf(phases, { company: { ...company, customer_since: "2025-07-04" } });
  expect([late.phase, late.value, late.dimensions.map(({ name }) => name)]).toEqual([null, 10, ["usage"]]);
});

test("phase with its own bands and limits" satisfies Capability, () => {
  const settling = (level: string | null) => scoreOf(phases, { company: { level, customer_since: "2026-07-03" } });
  const seen = ["9", "10", "95", null].map((level) => [
    settling(level).phase,
    settling(level).value,
    settling(level).band,
  ]);
  expect(seen).toEqual([
    ["settling", 19, "at_risk"],
    ["settling", 20, "watch"],
    ["settling", 90, "healthy"],
    ["settling", null, "unknown"],
  ]);
  const own = scoreOf(phases, at(95));
  expect([own.phase, own.value, own.band]).toEqual([null, 60, "watch"]);
});

test("bands are strictly below" satisfies Capability, () => {
  const bandAt = (level: number) => scoreOf({}, at(level)).band;
  expect([49, 50, 74, 75].map(bandAt)).toEqual(["at_risk", "watch", "watch", "healthy"]);
});

test("percentile bands" satisfies Capability, () => {
  const score = "percentile_bands: { unhealthy: 25, healthy: 75, property: chs_health_quartile }";
  const placed = (level: number) =>
    decisionOf({ score }, at(level), { low: 30, high: 70 }).values["chs_health_quartile"];
  expect([29, 30, 69, 70].map(placed)).toEqual(["unhealthy", "middle", "middle", "healthy"]);
});

test("manual pulse" satisfies Capability, () => {
  const parts = { signals: "feeling: { value: company.feeling }", score: "pulse: feeling" };
  const score = scoreOf(parts, { company: { level: "90", feeling: "WORRIED" } });
  expect([score.value, score.pulse]).toEqual([90, { known: true, value: "WORRIED", since: null }]);
});

const override = { score: "override: { score: set_score, reason: set_reason, until: set_until }" };
const setBy = { level: "10", set_score: "90", set_reason: "Signed for three years" };

test("manual override" satisfies Capability, () => {
  const { scores, values } = decisionOf(override, { company: { ...setBy, set_until: "2026-10-01" } });
  expect(scores[0]).toMatchObject({
    value: 90,
    band: "healthy",
    override: { value: 90, computed: 10, points: 80, reason: "Signed for three years", until: "2026-10-01" },
  });
  expect(values["chs_health_reasons"]).toMatch(/^Set to 90 by hand.*1 October 2026: Signed for three years\n/);
});

test("manual override that ended" satisfies Capability, () => {
  const ended = scoreOf(override, { company: { ...setBy, set_until: "2026-09-30" } });
  const withoutReason = scoreOf(override, { company: { ...setBy, set_until: "2026-10-09", set_reason: "" } });
  expect([ended, withoutReason].map(({ value, band }) => [value, band])).toEqual([
    [10, "at_risk"],
    [10, "at_risk"],
  ]);
});

test("customers that left" satisfies Capability, () => {
  const parts = {
    customers: "churned: { where: { churned_at: known } }",
    plays:
      "- { name: Call, when: { health: { enters: at_risk } }, task: { subject: Call, body: Now, due: 1 working day } }",
  };
  const left = decisionOf(parts, { company: { level: "10", churned_at: "2026-09-30" } });
  expect([left.standing, left.values, left.tasks]).toEqual(["left", { chs_health_band: "churned" }, []]);
  const there = decisionOf(parts, { company: { level: "10", churned_at: null } });
  expect([there.standing, there.values["chs_health_score"], there.tasks.length]).toEqual(["customer", "10", 1]);
});
