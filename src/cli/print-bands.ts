import type { Pipeline } from "../compose.ts";
import { printTable } from "./print-table.ts";

/** Prints how many customers are in each band of each score, the worst band first. */
export async function printBands({ rules, store }: Pick<Pipeline, "rules" | "store">): Promise<void> {
  for (const { name, label, bands } of rules.ruleset.scores) {
    const counts = new Map((await store.decisions.countByBand(name)).map(({ band, companies }) => [band, companies]));
    const all = [...bands, { name: "unknown", label: "Unknown" }, { name: "churned", label: "Churned" }];
    console.log(label);
    printTable(all.map((band) => [band.label, String(counts.get(band.name) ?? 0)]));
  }
}
