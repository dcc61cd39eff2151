import type { Ruleset } from "../scoring/ruleset/ruleset.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { Priority } from "./store-port.ts";

/**
 * Forgets contacts for good, as the people behind them have asked HubSpot to; calls HubSpot for nothing. Which parts of
 * stored scores came of contacts is told by the rules in force: a score of older rules keeps what a signal was that these
 * name no more.
 */
export async function forgetContacts(
  { store, rules, log, now }: PipelineContext,
  ids: readonly string[],
  priority: Priority,
): Promise<void> {
  await store.identities.forgetContacts(ids, contactSignals(rules.ruleset), priority, now());
  log.info({ contacts: ids }, "contacts were forgotten on request");
}

/** The names of the signals over contacts, and of those that are worked out from them. */
function contactSignals({ signals }: Ruleset): string[] {
  const names = new Set<string>();
  for (let before = -1; before < names.size;) {
    before = names.size;
    for (const signal of signals) {
      const isCombined = signal.kind === "ratio" || signal.kind === "product";
      const isOver = isCombined
        ? signal.of.some((operand) => typeof operand === "string" && names.has(operand))
        : "of" in signal && signal.of === "contacts";
      if (isOver) names.add(signal.name);
    }
  }
  return [...names];
}
