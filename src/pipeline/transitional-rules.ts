import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { sources } from "../scoring/facts.ts";
import type { ReadProperties } from "../scoring/ruleset/read-properties.ts";

/**
 * Rules to mirror by while one ruleset gives way to the next: all that either reads, of all whom either calls customers,
 * so that both can score from the same mirror. It scores as the next one does.
 */
export function transitionalRules(old: CompiledRuleset, next: CompiledRuleset): CompiledRuleset {
  return {
    ...next,
    reads: unionOf(old.reads, next.reads),
    sources: new Set([...old.sources, ...next.sources]),
    linkedSources: new Set([...old.linkedSources, ...next.linkedSources]),
    customers: [...new Set([...old.customers, ...next.customers])],
    customerTests: [...old.customerTests, ...next.customerTests],
    standingOf(company, moment) {
      const standings = [next.standingOf(company, moment), old.standingOf(company, moment)];
      if (standings.includes("customer")) return "customer";
      return standings.includes("left") ? "left" : "stranger";
    },
  };
}

function unionOf(a: ReadProperties, b: ReadProperties): ReadProperties {
  const places = ["company", ...sources, "history"] as const;
  const union = places.map((place) => [place, [...new Set([...a[place], ...b[place]])].toSorted()]);
  return Object.fromEntries(union) as ReadProperties;
}
