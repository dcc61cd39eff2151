import { createCallCounts, type CallCounts } from "./compose/call-counts.ts";
import { createReadiness, type ServiceStage } from "./compose/service-readiness.ts";
import { createServiceMetrics } from "./compose/service-metrics.ts";
import { watchServiceRules } from "./compose/service-rules.ts";
import { createServiceWebhook } from "./compose/service-webhook.ts";
import { preparePortal } from "./compose/prepare-portal.ts";
import type { Environment } from "./config/environment.ts";
import { readRulesFile, type RulesFile } from "./config/read-rules-file.ts";
import { startHttp } from "./http/start-http.ts";
import { createHubSpot, type HubSpotSettings } from "./hubspot/create-hubspot.ts";
import type { CallBudget } from "./pipeline/call-budget-port.ts";
import type { HubSpotPort } from "./pipeline/hubspot-port.ts";
import type { Log } from "./pipeline/log.ts";
import type { PipelineContext } from "./pipeline/pipeline-context.ts";
import { createPortalKnowledge } from "./pipeline/portal-knowledge.ts";
import { requestMissedSweep, requestSweepForRules } from "./pipeline/request-sweep.ts";
import { createRulesInForce } from "./pipeline/rules-in-force.ts";
import type { SweepProgress } from "./pipeline/sweep.ts";
import { createWorker, type Worker } from "./pipeline/worker.ts";
import { startSchedule } from "./scheduler/start-schedule.ts";
import { compileRuleset } from "./scoring/compiled-ruleset.ts";
import { createStore } from "./store/create-store.ts";
import { migrate } from "./store/migrate.ts";
import { openDatabase, type Database } from "./store/open-database.ts";

export { isCron } from "./scheduler/start-schedule.ts";

const POOL_SIZE = 12;
const RECHECK_MS = 60_000;

export type Parts = {
  environment: Environment;
  log: Log;
  now?: () => Date;
  progress?: SweepProgress;
  /** The store's, where it is left out. */
  callBudget?: CallBudget;
};

/** The use cases over a migrated store and a portal: what the service and the command line both work with. */
export type Pipeline = PipelineContext & {
  rulesFile: RulesFile;
  database: Database;
  callCounts: CallCounts;
  worker: Worker;
  close(): Promise<void>;
};

/** The portal alone, for what needs no store. */
export function openPortal(
  parts: Pick<HubSpotSettings, "accessToken" | "baseUrl" | "log" | "dailyReserve" | "countCall">,
): HubSpotPort {
  return createHubSpot(parts);
}

const silently: SweepProgress = { sync: () => undefined, rescore: () => undefined };

export async function openPipeline({
  environment,
  log,
  now = () => new Date(),
  progress = silently,
  callBudget,
}: Parts): Promise<Pipeline> {
  const { databaseUrl, dataDir, hubspotAccessToken, hubspotBaseUrl } = environment;
  const rulesFile = await readRulesFile(environment.rulesFile);
  const rules = compileRuleset(rulesFile.ruleset);
  const place = databaseUrl === null ? { dataDir } : { url: databaseUrl };
  const database = await openDatabase({ place, log, poolSize: POOL_SIZE });
  try {
    await migrate(database.pool, log);
  } catch (error) {
    await database.close();
    throw error;
  }
  const store = createStore(database.pool);
  const callCounts = createCallCounts();
  const hubspot = createHubSpot({
    accessToken: hubspotAccessToken,
    baseUrl: hubspotBaseUrl,
    budget: callBudget ?? store.calls,
    dailyReserve: environment.hubspotDailyReserve,
    countCall: callCounts.count,
    now,
    log,
  });
  const rulesInForce = createRulesInForce(rules);
  const context: PipelineContext = {
    hubspot,
    store,
    rules,
    rulesInForce,
    portal: createPortalKnowledge(hubspot, store.settings, rulesInForce, now),
    log,
    now,
  };
  const worker = createWorker(context, progress);
  const close = async () => {
    await hubspot.settled();
    await database.close();
  };
  return { ...context, rulesFile, database, callCounts, worker, close };
}

/** A running service. */
export type Service = Pipeline & {
  port: number;
  /** Looks at the rule file now, and not at the next look. */
  reloadRules(): Promise<void>;
  stop(withinMs: number): Promise<void>;
};

/**
 * Starts the service: store, portal, workers, door, schedule. The portal is asked before the door opens, so that no
 * other portal's webhook gets in; but while HubSpot cannot answer, webhooks are taken all the same. `onFatal` tells
 * that the service must end: another one took over the data folder, or the token is of another portal. Throws what a
 * person must mend; then nothing is left running.
 */
export async function startService(parts: Parts, onFatal: (error: unknown) => void): Promise<Service> {
  const pipeline = await openPipeline(parts);
  const stops: (() => Promise<void> | void)[] = [() => pipeline.close()];
  const stop = async () => {
    for (let last = stops.pop(); last; last = stops.pop()) await last();
  };
  try {
    const { environment, log } = parts;
    const { database, store, worker, rules, rulesFile, now } = pipeline;
    await database.becomeService(onFatal);
    // An embedded store has one service: leases that a killed one left are held by no one. A command that runs beside
    // it may lose its own by this; then both do the work, and it ends the same.
    if (database.kind === "embedded") await store.work.releaseAll(now());

    const stage: ServiceStage = { draining: false, prepared: false, refused: false };
    let withinMs = 0;
    const stopPreparing = await preparePortal(pipeline, {
      onReady() {
        stage.prepared = true;
        worker.start();
      },
      onRefused() {
        stage.refused = true;
      },
      onWrong: onFatal,
    });
    stops.push(() => worker.stop(withinMs), stopPreparing);

    const serviceRules = watchServiceRules(environment.rulesFile, rulesFile, pipeline);
    stops.push(() => serviceRules.stop());

    const http = await startHttp({
      host: environment.host,
      port: environment.port,
      webhook: createServiceWebhook(environment, pipeline),
      readiness: createReadiness(pipeline, worker, serviceRules, stage),
      metrics: createServiceMetrics(pipeline),
      adminToken: environment.adminToken,
      log,
    });
    stops.push(async () => {
      await Promise.all([http.close(withinMs), worker.stop(withinMs)]);
    });

    // Also every minute: a due time at which the store was away is not lost until the next one.
    const requestOwed = async () => {
      await requestMissedSweep(pipeline);
      await serviceRules.requestAdoption();
      const next = schedule.next();
      if (next) await store.settings.write("schedule", { nextDueAt: next.toISOString() });
      worker.wake();
    };
    const { sweepCron: cron } = environment;
    const schedule = startSchedule({ cron, timezone: rules.ruleset.timezone, onDue: requestOwed, log });
    stops.push(() => schedule.stop());
    const { hash, name } = rules.ruleset;
    await store.rulesets.record({ hash, name, text: rulesFile.text }, now());
    await requestSweepForRules(pipeline, hash);
    await requestOwed();
    const recheck = setInterval(() => {
      requestOwed().catch((error: unknown) => log.warn({ error }, "cannot see whether a sweep is owed"));
    }, RECHECK_MS);
    stops.push(() => clearInterval(recheck));
    log.info({ port: http.port, nextSweep: schedule.next() }, "service started");
    return {
      ...pipeline,
      port: http.port,
      async reloadRules() {
        await serviceRules.look();
        worker.wake();
      },
      async stop(ms) {
        stage.draining = true;
        withinMs = ms;
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
