import type { Observation } from "../../scoring/signals/snapshot.ts";
import type { ScoredRow } from "./score-rows.ts";

const MOST_EXAMPLES = 3;
const LONGEST_EXAMPLE = 40;

type Ungraded = { label: string; rows: number; examples: Set<string>; what: string };

/**
 * Gathers the cells that a rule is about, that are not blank, and that it has no grade for: they count as unknown, which
 * nothing else would tell from a blank. A line for each signal, with how many rows and the first few of their texts.
 */
export function createUngradedValues() {
  const bySignal = new Map<string, Ungraded>();

  return {
    add({ customer }: ScoredRow): void {
      const counted = new Set<string>();
      for (const { contributions } of customer.scores.values()) {
        for (const { signal, label, observation, grade, assumed } of contributions) {
          const what = whatIsMissing(observation);
          if (what === null || (grade !== null && assumed === null)) continue;
          const found = bySignal.get(signal) ?? { label, rows: 0, examples: new Set(), what };
          bySignal.set(signal, found);
          if (!counted.has(signal)) found.rows += 1;
          counted.add(signal);
          if (observation.known && found.examples.size < MOST_EXAMPLES) {
            found.examples.add(JSON.stringify(String(observation.value).slice(0, LONGEST_EXAMPLE)));
          }
        }
      }
    },
    lines(): string[] {
      return [...bySignal.values()].map(({ label, rows, examples, what }) => {
        return `${[`${label}: ${what}`, [...examples].join(", ")].filter(Boolean).join(" for ")}: counts as unknown in ${rows} ${rows === 1 ? "row" : "rows"}`;
      });
    },
  };
}

/** Why a cell that is not blank counts as unknown; null for one that is blank. */
function whatIsMissing(observation: Observation): string | null {
  if (observation.known) return "no grade";
  if (observation.why === "not_a_date") return "no date (write 2026-09-28 or 28.9.2026)";
  return observation.why === "not_a_number" ? "no number" : null;
}
