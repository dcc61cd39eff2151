import { setTimeout as pause } from "node:timers/promises";
import { handleWork } from "./handle-work.ts";
import { HubSpotForbidden, HubSpotUnauthorized, HubSpotUnavailable } from "./hubspot-errors.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { Claim, WorkKind } from "./store-port.ts";
import type { SweepProgress } from "./sweep.ts";

const KINDS: readonly WorkKind[] = ["refresh", "rescore", "deliver", "sweep"];
/** As many as one of HubSpot's batches takes; rescoring calls nobody, a sweep is one. */
const BATCH: Record<WorkKind, number> = { refresh: 100, rescore: 200, deliver: 100, sweep: 1 };
const POLL_MS = 250;
const KEEP_LEASE_MS = 10_000;
const LEAST_HOLD_MS = 2_000;
const LONGEST_HOLD_MS = 30_000;
/** A revoked token or a missing scope waits for a person. */
const HOLD_FOR_PERSON_MS = 60_000;

/** What the worker last saw of HubSpot: `ok`, or why work of some kind is held and since when. */
export type WorkerHealth = { ok: true } | { ok: false; reason: string; since: Date };
type Trouble = { reason: string; since: Date; holdMs: number; failures: number };

/** Thrown out of a sweep that must end because the worker does; what it has done stays done. */
class WorkStopped extends Error {}

export type Worker = {
  /** Works until `stop`. */
  start(): void;
  /** Looks for work now and not at the next poll. */
  wake(): void;
  /** Stops claiming and waits for what is under way, no longer than so many ms; its leases run out by themselves. */
  stop(withinMs: number): Promise<void>;
  /** Works until nothing is left to do, also what is due only later; throws what keeps it from going on. */
  drain(): Promise<void>;
  /** Resolves when a started worker has nothing left to do, also of what is due only later. */
  settled(): Promise<void>;
  health(): WorkerHealth;
};

/** Does the work that the store holds, each kind in a loop of its own, so that a long sweep keeps no webhook waiting. */
export function createWorker(context: PipelineContext, progress: SweepProgress): Worker {
  const { store, log, now } = context;
  const resting = new Set<{ end: () => void; wakeable: boolean }>();
  let isStopping = false;
  // Apart for each kind: that records can be read says nothing of whether tasks may be written.
  const troubles = new Map<WorkKind, Trouble>();
  let loops: Promise<void>[] = [];

  // Asked at every page and range: a stop must not wait for the end of a sweep.
  const untilStopped: SweepProgress = {
    sync(step) {
      if (isStopping) throw new WorkStopped();
      progress.sync(step);
    },
    rescore(step) {
      if (isStopping) throw new WorkStopped();
      progress.rescore(step);
    },
  };

  async function runOnce(kind: WorkKind): Promise<number> {
    let claims: Claim[] = [];
    const keeping = setInterval(() => {
      store.work.keep(claims, now()).catch((error: unknown) => log.warn({ error, kind }, "leases not prolonged"));
    }, KEEP_LEASE_MS);
    try {
      claims = await store.work.claim(kind, BATCH[kind], now());
      if (claims.length === 0) return 0;
      await handleWork({ ...context, rules: context.rulesInForce.current() }, kind, claims, untilStopped);
      troubles.delete(kind);
      return claims.length;
    } catch (error) {
      const holdMs = holdOf(kind, error);
      try {
        await store.work.release(claims, new Date(now().getTime() + holdMs));
      } finally {
        if (!(error instanceof WorkStopped)) noteTrouble(kind, error, holdMs);
      }
      throw error;
    } finally {
      clearInterval(keeping);
    }
  }

  function wake(): void {
    for (const { end, wakeable } of resting) if (wakeable) end();
  }

  async function loop(kind: WorkKind): Promise<void> {
    while (!isStopping) {
      try {
        if ((await runOnce(kind)) > 0) {
          // What was done may be work for the next in line.
          wake();
          continue;
        }
        if (troubles.has(kind)) await forgetTroubleOfOthers(kind);
        await rest(POLL_MS);
      } catch {
        await rest(troubles.get(kind)?.holdMs ?? 0, { wakeable: false });
      }
    }
  }

  /** Where nothing waits any more, another replica has done what was held here. */
  async function forgetTroubleOfOthers(kind: WorkKind): Promise<void> {
    const counts = await store.work.count(now());
    if (counts.some((count) => count.kind === kind && count.waiting === 0)) troubles.delete(kind);
  }

  function rest(ms: number, { wakeable } = { wakeable: true }): Promise<void> {
    if (isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        resting.delete(rester);
        resolve();
      };
      const rester = { end, wakeable };
      const timer = setTimeout(end, ms);
      resting.add(rester);
    });
  }

  function noteTrouble(kind: WorkKind, error: unknown, holdMs: number): void {
    const before = troubles.get(kind);
    const hold = (reason: string) =>
      troubles.set(kind, { reason, since: before?.since ?? now(), holdMs, failures: (before?.failures ?? 0) + 1 });
    if (error instanceof HubSpotUnauthorized) {
      log.error({ error, kind }, "HubSpot refuses the token: set a valid HUBSPOT_ACCESS_TOKEN; the work is held");
      hold("HubSpot refuses the token");
    } else if (error instanceof HubSpotForbidden) {
      log.error({ error, kind, requiredScopes: error.requiredScopes }, "the app lacks a scope; the work is held");
      hold("the app lacks a scope");
    } else if (error instanceof HubSpotUnavailable) {
      log.warn({ error, kind }, "HubSpot cannot answer now; the work is held");
      hold("HubSpot cannot answer now");
    } else {
      log.error({ error, kind }, "work failed; it is tried again");
      hold("work fails; the log says why");
    }
  }

  /** How long work is held after an error, ms: longer each time that the same kind fails in a row. */
  function holdOf(kind: WorkKind, error: unknown): number {
    if (error instanceof WorkStopped) return 0;
    if (error instanceof HubSpotUnauthorized || error instanceof HubSpotForbidden) return HOLD_FOR_PERSON_MS;
    const failures = troubles.get(kind)?.failures ?? 0;
    const holdMs = Math.min(LEAST_HOLD_MS * 2 ** failures, LONGEST_HOLD_MS);
    return error instanceof HubSpotUnavailable ? Math.max(error.retryAfterMs, holdMs) : holdMs;
  }

  async function isIdle(): Promise<boolean> {
    const counts = await store.work.count(now());
    return counts.every(({ waiting }) => waiting === 0);
  }

  return {
    start() {
      loops = KINDS.map((kind) => loop(kind));
    },
    wake,
    async stop(withinMs) {
      isStopping = true;
      for (const { end } of resting) end();
      await Promise.race([Promise.all(loops), pause(withinMs, undefined, { ref: false })]);
    },
    async drain() {
      for (;;) {
        let done = 0;
        for (const kind of KINDS) done += await runOnce(kind);
        if (done > 0) continue;
        if (await isIdle()) return;
        await pause(POLL_MS);
      }
    },
    async settled() {
      while (!(await isIdle())) await pause(POLL_MS);
    },
    health() {
      const [first] = troubles.values();
      return first ? { ok: false, reason: first.reason, since: first.since } : { ok: true };
    },
  };
}
