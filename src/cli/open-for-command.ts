import { isCron, openPipeline, type Pipeline } from "../compose.ts";
import { createLog } from "../config/create-log.ts";
import { listSecrets, parseEnvironment } from "../config/environment.ts";
import { loadDotenv } from "../config/load-dotenv.ts";
import { claimPortal } from "../pipeline/claim-portal.ts";
import { endOnSignal } from "./end-on-signal.ts";
import type { SweepProgress } from "../pipeline/sweep.ts";

/**
 * Lets a command work with the store and the portal of the environment, and closes them behind it. Only warnings and
 * errors are logged, to stderr, so that stdout is the command's own.
 */
export async function openForCommand<T>(
  work: (pipeline: Pipeline) => Promise<T>,
  options: { needsPortal: boolean; progress?: SweepProgress },
): Promise<T> {
  const environment = parseEnvironment(loadDotenv(), isCron);
  const log = createLog({ level: "warn", secrets: listSecrets(environment), destination: process.stderr });
  const { progress } = options;
  return endOnSignal(
    () => openPipeline({ environment, log, ...(progress ? { progress } : {}) }),
    async (pipeline) => {
      if (options.needsPortal) await claimPortal(pipeline);
      return work(pipeline);
    },
    (pipeline) => pipeline.close(),
  );
}
