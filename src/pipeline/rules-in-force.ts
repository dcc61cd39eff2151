import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";

/** Rules with the text of their file. */
export type RulesWithText = { rules: CompiledRuleset; text: string };

/**
 * The rules that score. A running service may be given others: they wait until the mirror holds what they name, and the
 * old ones score until then.
 */
export type RulesInForce = {
  current(): CompiledRuleset;
  waiting(): RulesWithText | null;
  /** The last that were offered wait; offering what is in force lets nothing wait. Gives whether any do. */
  offer(next: RulesWithText): boolean;
  /** Puts the rules that wait into force; false where others were offered meanwhile, which may be the old ones again. */
  adopt(next: RulesWithText): boolean;
};

export function createRulesInForce(first: CompiledRuleset): RulesInForce {
  let current = first;
  let waiting: RulesWithText | null = null;
  return {
    current: () => current,
    waiting: () => waiting,
    offer(next) {
      waiting = next.rules.ruleset.hash === current.ruleset.hash ? null : next;
      return waiting !== null;
    },
    adopt(next) {
      if (waiting !== next) return false;
      current = next.rules;
      waiting = null;
      return true;
    },
  };
}
