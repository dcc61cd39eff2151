import { expect } from "@jest/globals";
import { isCron, startService, type Service } from "../../src/compose.ts";
import { parseEnvironment } from "../../src/config/environment.ts";
import type { CallBudget } from "../../src/pipeline/call-budget-port.ts";
import { subscriptionsOf } from "../../src/pipeline/subscriptions.ts";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { observeExchanges } from "../contract/wire/observe-exchanges.ts";
import { createTestDatabase } from "../database.ts";
import { eventually } from "../eventually.ts";
import { createRecordingLog } from "../recording-log.ts";
import { createFreeBudget } from "./free-budget.ts";
import { freePort } from "./free-port.ts";
import { createHandClock } from "./hand-clock.ts";
import { createPortalPerson } from "./portal-person.ts";
import { RULES_FILE } from "./rules-file.ts";

export const ADMIN_TOKEN = "an-admin-token-of-at-least-32-characters";
/** A Tuesday, ten o'clock in Oslo. */
const START = new Date("2025-03-04T09:00:00Z");
const STOP_WITHIN_MS = 5_000;
const REPLICA_AHEAD_MS = 137;

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A portal, a person in it, and a service on a database of its own, in this process; one clock, moved by hand, for all. */
export async function openStage({
  start = START,
  rulesFile = RULES_FILE,
  callBudget = createFreeBudget(),
  ...options
}: SandboxOptions & { start?: Date; rulesFile?: string; callBudget?: CallBudget | null } = {}) {
  const clock = createHandClock(start);
  const log = createRecordingLog();
  const database = await createTestDatabase();
  // No limit binds, for they would only let the tests wait: at every look of theirs another second has gone by.
  let looks = 0;
  const monotonicMs = () => (looks += 1) * 1_000;
  const sandbox = await startSandbox({ now: clock.now, delivery: { flushMs: 5 }, monotonicMs, ...options });
  const exchanges = observeExchanges(sandbox);
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const webhookUrl = `${publicUrl}/webhooks/hubspot`;
  const services: Service[] = [];

  async function startOn(ownPort: number, now = clock.now): Promise<Service> {
    const variables = {
      PORT: String(ownPort),
      PUBLIC_URL: publicUrl,
      DATABASE_URL: database.url,
      HUBSPOT_ACCESS_TOKEN: sandbox.appToken,
      HUBSPOT_CLIENT_SECRET: sandbox.clientSecret,
      HUBSPOT_BASE_URL: sandbox.url,
      ADMIN_TOKEN,
      RULES_FILE: rulesFile,
    };
    const environment = parseEnvironment(variables, isCron);
    const service = await startService(
      { environment, log, now, ...(callBudget ? { callBudget } : {}) },
      () => undefined,
    );
    services.push(service);
    return service;
  }

  async function stop(): Promise<void> {
    for (const service of services.splice(0)) await service.stop(STOP_WITHIN_MS);
  }

  /** Waits until all webhooks are delivered and no work is left; time goes on to when the next work is due. */
  async function settle(): Promise<void> {
    await sandbox.webhooks.idle();
    await eventually(async () => {
      const { rows } = await database.pool.query<{ key: string; due_at: Date; lease: string | null }>(
        `SELECT kind || ' ' || key AS key, due_at, lease FROM work ORDER BY due_at`,
      );
      const next = rows.find(({ lease }) => lease === null);
      if (next) clock.moveTo(next.due_at);
      for (const { worker } of services) worker.wake();
      if (rows.length > 0) throw new Error(`work is left: ${rows.map(({ key }) => key).join(", ")}`);
    });
  }

  return {
    clock,
    log,
    database,
    sandbox,
    webhookUrl,
    publicUrl,
    services,
    person: createPortalPerson(sandbox, clock.now),
    /** Starts the service that the portal's webhooks go to. */
    async start(): Promise<Service> {
      const service = await startOn(port);
      const subscriptions = subscriptionsOf(service.rules);
      sandbox.webhooks.configure({ targetUrl: webhookUrl, subscriptions });
      return service;
    },
    /** Starts another service on the same database, with a clock that is a little ahead, as on another machine. */
    startReplica: () => startOn(0, () => new Date(clock.now().getTime() + REPLICA_AHEAD_MS)),
    stop,
    settle,
    /** The nightly run at this instant, as the schedule asks for it. */
    async sweep(): Promise<void> {
      // No two nights begin at one instant.
      clock.advance(1_000);
      const instant = clock.now();
      await services[0]?.store.sweeps.request(instant, { tasksForCurrent: false }, instant);
      await settle();
    },
    /** Fails where anything that went over the wire has not HubSpot's form. */
    async close(): Promise<void> {
      await stop();
      await sandbox.close();
      await database.drop();
      expect(exchanges.takeFaults()).toEqual([]);
    },
  };
}
