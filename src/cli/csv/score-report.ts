import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import { formatTable } from "../format-table.ts";
import type { ScoredRow } from "./score-rows.ts";

const BAR_WIDTH = 30;

type Counts = { bands: Map<string, number>; sum: number; scored: number; coverage: number; customers: number };

/** Adds up the scores of a table as they are made, and says what they are like: who is in which band, and how much is known. */
export function createScoreReport({ scorecards }: CompiledRuleset) {
  const counted = scorecards.map(({ rules }) => {
    const counts: Counts = { bands: new Map(), sum: 0, scored: 0, coverage: 0, customers: 0 };
    return { rules, counts };
  });
  let rows = 0;
  let strangers = 0;

  return {
    add({ customer }: ScoredRow): void {
      rows += 1;
      if (customer.standing === "stranger") strangers += 1;
      for (const { rules, counts } of counted) {
        const score = customer.scores.get(rules.name);
        if (!score) continue;
        counts.bands.set(score.band, (counts.bands.get(score.band) ?? 0) + 1);
        if (customer.standing !== "customer") continue;
        counts.customers += 1;
        counts.coverage += score.coverage;
        if (score.value === null) continue;
        counts.scored += 1;
        counts.sum += score.value;
      }
    },
    lines(): string[] {
      const others = strangers > 0 ? `, ${strangers} of them no customers` : "";
      return [`${rows} rows${others}`, ...counted.flatMap(({ rules, counts }) => ["", ...linesOf(rules, counts)])];
    },
  };
}

function linesOf(
  { label, bands }: CompiledRuleset["scorecards"][number]["rules"],
  { bands: counts, sum, scored, coverage, customers }: Counts,
): string[] {
  const unknown = counts.get("unknown") ?? 0;
  const left = counts.get("churned") ?? 0;
  const named = [
    ...bands,
    ...(unknown > 0 ? [{ name: "unknown", label: "Unknown" }] : []),
    ...(left > 0 ? [{ name: "churned", label: "Churned" }] : []),
  ];
  const all = customers + left;
  const rows = named.map((band) => {
    const count = counts.get(band.name) ?? 0;
    const share = all === 0 ? 0 : count / all;
    return [band.label, String(count), `${(share * 100).toFixed(1)} %`, "#".repeat(Math.round(share * BAR_WIDTH))];
  });
  const mean = scored === 0 ? "none" : (sum / scored).toFixed(1);
  const known = customers === 0 ? "none" : `${((coverage / customers) * 100).toFixed(1)} %`;
  const without = customers === 0 ? "none" : `${((unknown / customers) * 100).toFixed(1)} %`;
  return [label, ...formatTable(rows, "lrrl"), `  mean ${mean}, coverage ${known}, without a score ${without}`];
}
