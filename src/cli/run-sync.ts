import { syncMirror } from "../pipeline/sync/sync-mirror.ts";
import { openForCommand } from "./open-for-command.ts";
import { showProgress } from "./show-progress.ts";

/** Brings the mirror up to date, and says what was read. What changed is scored by the service, or by a sweep. */
export async function runSync(): Promise<void> {
  await openForCommand(
    async (pipeline) => {
      const progress = showProgress();
      const read = new Map<string, number>();
      try {
        await syncMirror({ ...pipeline, hubspot: pipeline.hubspot.atPriority("sweep") }, "sweep", (step) => {
          read.set(step.type, step.done);
          progress.sync(step);
        });
      } finally {
        progress.stop();
      }
      const counts = [...read].map(([type, done]) => `${type} ${done}`).join(", ");
      console.log(`Read: ${counts}. Customers in the mirror: ${await pipeline.store.mirror.countCompanies()}.`);
    },
    { needsPortal: true },
  );
}
