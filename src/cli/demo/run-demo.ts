import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { endOnSignal, Interrupted } from "../end-on-signal.ts";
import { printBands } from "../print-bands.ts";
import { startDemo, type Demo } from "./start-demo.ts";
import { StoryBroken, tellStory } from "./tell-story.ts";

export type DemoArguments = { once?: true; dataDir: string };

/** The first sweep of 300 companies takes some seconds; a minute means that something stands still. */
const SWEEP_WITHIN_MS = 60_000;

/** Runs portal and service side by side until Ctrl-C; with `once` tells the story of one customer and ends. */
export async function runDemo({ once: isOnce, dataDir }: DemoArguments): Promise<void> {
  try {
    await endOnSignal(
      () => startDemo({ dataDir: resolve(dataDir), ports: isOnce ? "free" : "fixed" }),
      async (demo) => {
        await sweepAll(demo);
        await printBands(demo.service);
        if (isOnce) {
          console.log(`demo: ok (${await tellStory(demo)})`);
          return;
        }
        printAddresses(demo);
        await new Promise(() => undefined);
      },
      (demo) => demo.stop(),
    );
  } catch (error) {
    // Ctrl-C is how the demo is meant to end, but not its story.
    if (!(error instanceof Interrupted) || isOnce) throw error;
    console.log("\nstopped");
  }
}

/** What the portal did while nobody listened is found by a sweep, as after a night that was missed. */
async function sweepAll({ service, logFile }: Demo): Promise<void> {
  const startedAt = performance.now();
  const instant = service.now();
  const isOwed = (await service.store.sweeps.next()) !== null;
  if (!isOwed) await service.store.sweeps.request(instant, { tasksForCurrent: false }, instant);
  service.worker.wake();
  const inVain = pause(SWEEP_WITHIN_MS, "in vain", { ref: false });
  if ((await Promise.race([service.worker.settled(), inVain])) === "in vain") {
    throw new StoryBroken(`the sweep was not done within ${SWEEP_WITHIN_MS / 1000} s; ${logFile} may say why`);
  }
  const customers = await service.store.mirror.countCompanies();
  console.log(`synced and scored ${customers} customers in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function printAddresses({ sandbox, service, adminToken, logFile }: Demo): void {
  console.log(`
The portal    ${sandbox.url}  (its API as HubSpot's; Authorization: Bearer ${sandbox.personToken})
  companies   ${sandbox.url}/crm/v3/objects/companies?properties=name,chs_health_score,chs_health_band,chs_health_reasons
The service   http://127.0.0.1:${service.port}/readyz
  metrics     http://127.0.0.1:${service.port}/metrics  (Authorization: Bearer ${adminToken})
The log       ${logFile}

Change a record in the portal and watch its company's score. Ctrl-C ends the demo; the next one goes on from here.`);
}
