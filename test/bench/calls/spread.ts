import { setTimeout as pause } from "node:timers/promises";
import { startService } from "../../../src/compose.ts";
import { subscriptionsOf } from "../../../src/pipeline/subscriptions.ts";
import { createRow, type Benchmark } from "../bench-row.ts";
import { countCalls, sumOf } from "./count-calls.ts";
import { eventsFloor, taskFloor } from "./floors.ts";
import { openScene, syncFirst } from "./open-scene.ts";
import { listPresses, pressTicket } from "./press-tickets.ts";
import { watchFreshness } from "./watch-freshness.ts";

const SPREAD_MS = 60_000;
const STOP_WITHIN_MS = 5_000;

/** The same events one after the other over a minute, while the whole service runs. */
export const measureSpread: Benchmark = async ({ divisor }) => {
  const events = 10_000 / divisor;
  const spreadMs = SPREAD_MS / divisor;
  const scene = await openScene({ size: { companies: 2_000 / divisor, customerEvery: 1 } });
  const { sandbox, records, writes, environment, log, clock } = scene;
  try {
    await syncFirst(await scene.openPipeline());
    const fail = (error: unknown) => log.error({ error }, "the service ended");
    const service = await startService({ environment, log, now: clock.now }, fail);
    try {
      await service.worker.settled();
      sandbox.webhooks.configure({
        targetUrl: `${environment.publicUrl}/webhooks/hubspot`,
        subscriptions: subscriptionsOf(service.rules),
      });
      const presses = listPresses(records, events);
      const freshness = watchFreshness(sandbox, records);
      writes.forget();
      sandbox.forgetCalls();
      const startedAt = performance.now();
      for (const [index, press] of presses.entries()) {
        const aheadMs = startedAt + (index * spreadMs) / events - performance.now();
        if (aheadMs > 1) await pause(aheadMs);
        freshness.noteChange(press);
        pressTicket(sandbox.portal, press);
      }
      await sandbox.webhooks.idle();
      await service.worker.settled();
      if (freshness.pending > 0) throw new Error(`${freshness.pending} changes never came into a written score`);

      const details = countCalls(sandbox);
      const tickets = new Set(presses.map(({ ticketId }) => ticketId)).size;
      const tasks = taskFloor(writes.tasksMade, writes.tasksChanged);
      const name = `the same spread over ${spreadMs / 1_000} s`;
      return [
        createRow({
          name,
          figure: sumOf(details),
          unit: "calls",
          beside: eventsFloor(tickets, writes.companies) + tasks,
          details,
        }),
        createRow({
          name: `${name}: from change to score, median`,
          figure: freshness.percentile(0.5) / 1_000,
          unit: "s",
        }),
        createRow({
          name: `${name}: from change to score, p95`,
          figure: freshness.percentile(0.95) / 1_000,
          unit: "s",
        }),
      ];
    } finally {
      await service.stop(STOP_WITHIN_MS);
    }
  } finally {
    await scene.close();
  }
};
