import type { Pipeline } from "../compose.ts";
import { setUpPortal } from "../pipeline/setup.ts";
import { openForCommand } from "./open-for-command.ts";
import { printBands } from "./print-bands.ts";
import { showProgress } from "./show-progress.ts";

/**
 * Runs a sweep now and waits until everything that it called for is written. With `tasksForCurrent` a second one then
 * makes the tasks of the bands that customers are in, after saying how many those are.
 */
export async function runSweepCommand(tasksForCurrent: boolean): Promise<void> {
  const progress = showProgress();
  await openForCommand(
    async (pipeline) => {
      try {
        await setUpPortal(pipeline.hubspot, pipeline.rules.ruleset);
        await sweep(pipeline, false);
        if (tasksForCurrent) {
          await sayHowMany(pipeline);
          await sweep(pipeline, true);
        }
      } finally {
        progress.stop();
      }
      await printBands(pipeline);
    },
    { needsPortal: true, progress },
  );
}

async function sweep({ store, worker, now }: Pipeline, tasksForCurrent: boolean): Promise<void> {
  const instant = now();
  await store.sweeps.request(instant, { tasksForCurrent }, instant);
  await worker.drain();
}

async function sayHowMany({ rules, store }: Pipeline): Promise<void> {
  for (const { play } of rules.plays) {
    const { name, trigger, weeklyCapacity } = play;
    if (trigger.kind !== "enters") continue;
    const counts = await store.decisions.countByBand(trigger.score);
    const inBand = counts.find(({ band }) => band === trigger.band)?.companies ?? 0;
    const limit = weeklyCapacity === null ? "" : `, at most ${weeklyCapacity} a week`;
    console.log(`${name}: ${inBand} customers are in ${trigger.band} now; those without an open task get one${limit}.`);
  }
}
