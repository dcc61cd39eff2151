import { isMirrorComplete, readMirrorState } from "./mirror-state.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { setUpPortal } from "./setup.ts";
import { syncMirror, type Progress } from "./sync.ts";
import { transitionalRules } from "./transitional-rules.ts";

/**
 * Puts the rules that wait into force: their properties are made in HubSpot, what they name and the mirror lacks is read,
 * they are recorded, and a sweep is asked for that scores everybody by them. Whatever HubSpot refuses or cannot answer is
 * thrown, and then the old rules are still in force. Gives what work goes on with.
 */
export async function adoptWaitingRules(context: PipelineContext, progress: Progress): Promise<PipelineContext> {
  const { hubspot, store, rulesInForce, log, now } = context;
  const waiting = rulesInForce.waiting();
  if (!waiting) return context;
  const { rules: next, text } = waiting;
  const { name, hash } = next.ruleset;

  const { created, extended, drifted } = await setUpPortal(hubspot, next.ruleset);
  if (created.length > 0) log.info({ created }, "company properties made");
  for (const { name, options } of extended) log.info({ name, options }, "options added to a property of ours");
  for (const drift of drifted) log.error(drift, "a property of ours is not as it must be; HubSpot will refuse values");
  if (!isMirrorComplete(await readMirrorState(store), next)) {
    log.info({ rulesetHash: hash }, "new rules name what is not mirrored; it is read first");
    // What has changed meanwhile is scored by the old rules: this may yet fail.
    await syncMirror({ ...context, rules: transitionalRules(rulesInForce.current(), next) }, "sweep", progress);
  }
  if (!rulesInForce.adopt(waiting)) return context;
  await store.rulesets.record({ hash, name, text }, now());
  await store.sweeps.requestForRules(hash, now(), now());
  log.info({ rulesetHash: hash, name }, "new rules are in force");
  return { ...context, rules: next };
}
