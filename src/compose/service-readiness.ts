import type { Readiness } from "../http/probes.ts";
import type { RulesWatch } from "../config/watch-rules-file.ts";
import type { PipelineContext } from "../pipeline/pipeline-context.ts";
import { closedInWords } from "../pipeline/work-troubles.ts";
import type { Worker } from "../pipeline/worker.ts";

/**
 * What the service has got to: `draining` once it stops, `prepared` once the portal is known and set up; `refused` where
 * HubSpot answered, but not as is needed.
 */
export type ServiceStage = { draining: boolean; prepared: boolean; refused: boolean };

/**
 * Whether this service does its job, and what keeps it from that; nothing in it is a secret. While HubSpot is away, or
 * the token refused, webhooks are still to come here: they are kept, and the work waits.
 */
export function createReadiness(
  context: PipelineContext,
  worker: Worker,
  rulesWatch: RulesWatch,
  stage: ServiceStage,
): Readiness {
  return async () => [
    { name: "serving", ok: !stage.draining, detail: stage.draining ? "stopping" : "accepting", stopsTraffic: true },
    { name: "database", ...(await checkDatabase(context)), stopsTraffic: true },
    { name: "portal", ok: stage.prepared, detail: await describePortal(context, stage), stopsTraffic: false },
    { name: "rules", ...checkRules(context, rulesWatch), stopsTraffic: false },
    { name: "work", ...(await checkWork(context, worker)), stopsTraffic: false },
  ];
}

async function checkDatabase({ store, now }: PipelineContext): Promise<{ ok: boolean; detail: string }> {
  try {
    await store.work.count(now());
    return { ok: true, detail: "answers" };
  } catch {
    return { ok: false, detail: "cannot be reached" };
  }
}

async function describePortal({ store, rulesInForce, now }: PipelineContext, stage: ServiceStage): Promise<string> {
  if (stage.prepared) return "set up";
  const closing = await store.calls.closing("general", now()).catch(() => null);
  if (closing === null)
    return stage.refused ? "HubSpot refuses the app; the log says why" : "HubSpot has not answered yet";
  return `not set up yet: ${closedInWords(closing, rulesInForce.current().ruleset.timezone)}`;
}

function checkRules({ rulesInForce }: PipelineContext, watch: RulesWatch): { ok: boolean; detail: string } {
  const inForce = `${rulesInForce.current().ruleset.hash.slice(0, 12)} in force`;
  if (!watch.isUsable()) return { ok: false, detail: `${inForce}; the file is bad now, and the log says where` };
  return { ok: true, detail: rulesInForce.waiting() ? `${inForce}; new ones wait for the mirror` : inForce };
}

async function checkWork({ store, now }: PipelineContext, worker: Worker): Promise<{ ok: boolean; detail: string }> {
  const health = worker.health();
  if (!health.ok) return { ok: false, detail: `held: ${health.reason}` };
  const counts = await store.work.count(now()).catch(() => []);
  const dead = counts.reduce((sum, count) => sum + count.dead, 0);
  if (dead === 0) return { ok: true, detail: "going on" };
  return { ok: false, detail: `going on, but ${dead} given up after HubSpot refused them; the log says why` };
}
