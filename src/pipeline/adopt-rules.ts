import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { logSetup } from "./log-setup.ts";
import { isMirrorComplete, readMirrorState } from "./mirror-state.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { setUpPortal } from "./setup.ts";
import type { Progress } from "./sync/sync.ts";
import { syncMirror } from "./sync/sync-mirror.ts";
import { transitionalRules } from "./transitional-rules.ts";

/**
 * Puts the rules that wait into force: their properties are made in HubSpot, what they name and the mirror lacks is read,
 * they are recorded, and a sweep is asked for that scores everybody by them. Whatever HubSpot refuses or cannot answer is
 * thrown, and then the old rules are still in force. Gives the rules that work goes on by.
 */
export async function adoptWaitingRules(context: PipelineContext, progress: Progress): Promise<CompiledRuleset> {
  const { hubspot, store, rulesInForce, log, now } = context;
  const waiting = rulesInForce.waiting();
  if (!waiting) return context.rules;
  const { rules: next, text } = waiting;
  const { name, hash } = next.ruleset;

  logSetup(log, await setUpPortal(hubspot, next.ruleset));
  if (!isMirrorComplete(await readMirrorState(store), next)) {
    log.info({ rulesetHash: hash }, "new rules name what is not mirrored; it is read first");
    // What has changed meanwhile is scored by the old rules: this may yet fail.
    await syncMirror({ ...context, rules: transitionalRules(rulesInForce.current(), next) }, "sweep", progress);
  }
  if (!rulesInForce.adopt(waiting)) return context.rules;
  await store.rulesets.record({ hash, name, text }, now());
  await store.sweeps.requestForRules(hash, now(), now());
  log.info({ rulesetHash: hash, name }, "new rules are in force");
  return next;
}
