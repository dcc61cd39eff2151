import type { CompiledRuleset } from "../compiled-ruleset.ts";
import type { Facts } from "../facts.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import { heldSignals } from "../signals/hold-values.ts";
import type { Snapshot } from "../signals/snapshot.ts";

/**
 * Two rulesets that are to score the same facts at the same instant, one after the other. Where both take the same
 * snapshots, as they do unless a signal was changed, each is taken once for both: that is most of the work.
 */
export function shareSnapshots(before: CompiledRuleset, after: CompiledRuleset): [CompiledRuleset, CompiledRuleset] {
  if (snapshotsOf(before.ruleset) !== snapshotsOf(after.ruleset)) return [before, after];
  let last: { facts: Facts; snapshot: Snapshot } | null = null;
  const takeSnapshot: CompiledRuleset["takeSnapshot"] = (facts, moment, prior) => {
    if (last?.facts !== facts) last = { facts, snapshot: before.takeSnapshot(facts, moment, prior) };
    return last.snapshot;
  };
  return [
    { ...before, takeSnapshot },
    { ...after, takeSnapshot },
  ];
}

/** All that decides what a snapshot is, as a text that is the same for the same. */
function snapshotsOf({ timezone, customers: { since, renewal }, rates, signals, scores }: Ruleset): string {
  const overrides = scores.map(({ name, override }) => ({ name, override }));
  return JSON.stringify([timezone, since, renewal, [...rates], signals, overrides, [...heldSignals(scores)]]);
}
