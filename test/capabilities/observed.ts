import type { CompiledRuleset } from "../../src/scoring/compiled-ruleset.ts";
import type { Facts, PastValue, PropertyValues } from "../../src/scoring/facts.ts";
import { createMoment, type Moment } from "../../src/scoring/time/moment.ts";
import { sampleFacts } from "../scoring/sample-facts.ts";
import { rulesAround, type RuleParts } from "./rules-around.ts";

/** A Thursday, 10 o'clock in Oslo. */
export const NOW = "2026-10-01T08:00:00Z";

export type CaseFacts = Partial<Omit<Facts, "company">> & { company?: PropertyValues };

/** An instant by the calendar of the rules; the ticket stage `0/4` is closed. */
export function momentOf(rules: CompiledRuleset, instant = NOW): Moment {
  return createMoment(new Date(instant), rules.calendar, new Set(["0/4"]));
}

/** What the signals of a file are of a customer, each by its name; of one that is unknown, why. */
export function observed(parts: RuleParts, facts: CaseFacts): Record<string, unknown> {
  const rules = rulesAround(parts);
  const snapshot = rules.takeSnapshot(sampleFacts(facts), momentOf(rules), null);
  return Object.fromEntries(
    [...snapshot].map(([name, seen]) => [name, seen.known ? seen.value : { unknown: seen.why }]),
  );
}

/** The values that a company property had, each from its day on, oldest first. */
export function historyOf(values: Record<string, string | null>): PastValue[] {
  return Object.entries(values).map(([day, value]) => ({ at: Date.parse(`${day}T06:00:00Z`), value }));
}
