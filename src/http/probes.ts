import { Router } from "express";
import type { Log } from "../pipeline/log.ts";

/**
 * `detail` is shown to anybody who asks: it holds no secret and nothing of a customer. `stopsTraffic` tells whether
 * webhooks must go elsewhere while the check is not ok; what holds the work behind the door alone does not.
 */
export type Check = { name: string; ok: boolean; detail: string; stopsTraffic: boolean };
export type Readiness = () => Promise<readonly Check[]>;

/**
 * `/livez`: 200 as long as the process answers at all, for the one who restarts it. `/readyz`: 200 unless a check that
 * stops traffic is not ok, then 503, for the one who sends it traffic; with every check by name, and whether all are ok.
 */
export function createProbes(readiness: Readiness, log: Log): Router {
  const router = Router();
  router.get("/livez", (_request, response) => {
    response.json({ ok: true });
  });
  router.get("/readyz", async (_request, response) => {
    const checks = await readChecks(readiness, log);
    const ok = checks.every((check) => check.ok);
    const isReady = checks.every((check) => check.ok || !check.stopsTraffic);
    response.status(isReady ? 200 : 503).json({ ok, checks });
  });
  return router;
}

async function readChecks(readiness: Readiness, log: Log): Promise<readonly Check[]> {
  try {
    return await readiness();
  } catch (error) {
    log.warn({ error }, "readiness could not be told");
    return [{ name: "readiness", ok: false, detail: "could not be told; the log says why", stopsTraffic: true }];
  }
}
