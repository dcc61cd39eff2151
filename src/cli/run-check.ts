import { rulesFileOf } from "../config/environment.ts";
import { loadDotenv } from "../config/load-dotenv.ts";
import { readRulesFile } from "../config/read-rules-file.ts";
import { printTable } from "./print-table.ts";

/** Checks a rule file and prints what each rule's share of its score is. Throws with every problem in the file. */
export async function runCheck(given?: string): Promise<void> {
  const file = given ?? rulesFileOf(loadDotenv());
  const ruleset = await readRulesFile(file);
  for (const score of ruleset.scores) {
    const total = score.dimensions.reduce((sum, { weight }) => sum + weight, 0);
    console.log(`${score.label} -> ${score.property}`);
    const rows = score.dimensions.flatMap(({ label, weight, rules }) => {
      const all = rules.reduce((sum, rule) => sum + rule.weight, 0);
      return [
        [label, percent(weight / total)],
        ...rules.map((rule) => [`  ${rule.label}`, percent((weight / total) * (rule.weight / all))]),
      ];
    });
    printTable(rows);
  }
  console.log(`${file}: no problem found (${ruleset.signals.length} signals, ${ruleset.plays.length} plays)`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
