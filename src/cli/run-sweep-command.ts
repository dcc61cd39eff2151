import type { Pipeline } from "../compose.ts";
import { setUpPortal } from "../pipeline/setup.ts";
import { openForCommand } from "./open-for-command.ts";
import { printBands } from "./print-bands.ts";
import { showProgress } from "./show-progress.ts";

/** Runs a sweep now and waits until everything that it called for is written. */
export async function runSweepCommand(tasksForCurrent: boolean): Promise<void> {
  const progress = showProgress();
  await openForCommand(
    async (pipeline) => {
      const { hubspot, rules, store, worker, now } = pipeline;
      await setUpPortal(hubspot, rules.ruleset);
      if (tasksForCurrent) await sayHowMany(pipeline);
      const instant = now();
      await store.sweeps.request(instant, { tasksForCurrent }, instant);
      try {
        await worker.drain();
      } finally {
        progress.stop();
      }
      await printBands(pipeline);
    },
    { needsPortal: true, progress },
  );
}

async function sayHowMany({ rules, store }: Pipeline): Promise<void> {
  for (const { play } of rules.plays) {
    const counts = await store.decisions.countByBand(play.when.score);
    const inBand = counts.find(({ band }) => band === play.when.enters)?.companies ?? 0;
    console.log(`${play.name}: ${inBand} customers are in ${play.when.enters} now; those without a task get one.`);
  }
}
