import { builtInSignals } from "../../scoring/ruleset/signal.ts";
import type { Known } from "./findings.ts";

/** The names that a rule file gives, whatever else is wrong with what they name. */
export function knownNames(tree: unknown): Known {
  const { signals, scores, customers } = groupOf(tree);
  const { since, renewal } = groupOf(customers);
  const [tenure, toRenewal] = builtInSignals;
  return {
    signals: [...Object.keys(groupOf(signals)), ...(since ? [tenure] : []), ...(renewal ? [toRenewal] : [])],
    scores: new Map(
      Object.entries(groupOf(scores)).map(([name, score]) => [name, Object.keys(groupOf(groupOf(score).bands))]),
    ),
  };
}

function groupOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
