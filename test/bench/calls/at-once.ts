import { createServiceWebhook } from "../../../src/compose/service-webhook.ts";
import type { Pipeline } from "../../../src/compose.ts";
import { createMetrics } from "../../../src/http/metrics.ts";
import { startHttp } from "../../../src/http/start-http.ts";
import { subscriptionsOf } from "../../../src/pipeline/subscriptions.ts";
import { createRow, type Benchmark } from "../bench-row.ts";
import { countCalls, sumOf } from "./count-calls.ts";
import { eventsFloor, taskFloor } from "./floors.ts";
import { measureNaive } from "./measure-naive.ts";
import { openScene, syncFirst, type Scene } from "./open-scene.ts";
import { listPresses, pressTicket } from "./press-tickets.ts";

const CLOSE_WITHIN_MS = 1_000;
/** Longer than a hint waits for more of its kind. */
const LATER_MS = 10_000;

/** 10,000 webhook events over 1,000 tickets of 600 companies, all taken in before a worker looks at them. */
export const measureAtOnce: Benchmark = async ({ divisor }) => {
  const size = { companies: 2_000 / divisor, customerEvery: 1 };
  const events = 10_000 / divisor;
  const scene = await openScene({ size });
  try {
    const pipeline = await scene.openPipeline();
    await syncFirst(pipeline);
    const { sandbox, writes, records, clock } = scene;
    const presses = listPresses(records, events);
    const door = await openDoor(scene, pipeline);
    for (const press of presses) pressTicket(sandbox.portal, press);
    await sandbox.webhooks.idle();
    await door.close();
    if (door.taken() !== events) throw new Error(`${door.taken()} of ${events} events were taken in`);

    clock.advance(LATER_MS);
    writes.forget();
    sandbox.forgetCalls();
    await pipeline.worker.drain();
    const details = countCalls(sandbox);
    const tickets = new Set(presses.map(({ ticketId }) => ticketId)).size;
    const tasks = taskFloor(writes.tasksMade, writes.tasksChanged);
    const floor = eventsFloor(tickets, writes.companies);
    const companies = new Set(presses.map(({ companyId }) => companyId)).size;
    const name = `${events} events over ${tickets} tickets of ${companies} companies`;
    const figure = sumOf(details);
    return [
      createRow({
        name,
        figure,
        unit: "calls",
        beside: floor + tasks,
        goal: { atMost: 1.5 * floor + tasks },
        details,
      }),
      await measureNaive(name, figure, size, (naive, { portal }, filled) => {
        const same = listPresses(filled, events);
        for (const press of same) pressTicket(portal, press);
        return naive.onTicketEvents(same.map(({ ticketId }) => ticketId));
      }),
    ];
  } finally {
    await scene.close();
  }
};

/** The service's own door, with HubSpot's signed deliveries sent to it, and no worker behind it yet. */
async function openDoor({ sandbox, environment, log }: Scene, pipeline: Pipeline) {
  const webhook = createServiceWebhook(environment, pipeline);
  let taken = 0;
  const http = await startHttp({
    host: environment.host,
    port: environment.port,
    log,
    metrics: createMetrics({ log }),
    adminToken: null,
    readiness: () => Promise.resolve([]),
    webhook: {
      ...webhook,
      async receive(hints, requestLog) {
        await webhook.receive(hints, requestLog);
        taken += hints.length;
      },
    },
  });
  const targetUrl = `${environment.publicUrl}/webhooks/hubspot`;
  sandbox.webhooks.configure({ targetUrl, subscriptions: subscriptionsOf(pipeline.rules) });
  return {
    taken: () => taken,
    async close() {
      sandbox.webhooks.configure({ targetUrl: null, subscriptions: [] });
      await http.close(CLOSE_WITHIN_MS);
    },
  };
}
