import { setTimeout as pause } from "node:timers/promises";
import { handleWork } from "./handle-work.ts";
import { HubSpotClosed } from "./hubspot-errors.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { Claim, WorkKind } from "./store-port.ts";
import type { SweepProgress } from "./sweep.ts";
import { createWorkTroubles, type Hold, type WorkerHealth } from "./work-troubles.ts";

const KINDS: readonly WorkKind[] = ["refresh", "forget", "rescore", "deliver", "sweep"];
/** Enough to fill HubSpot's batches: links are read by the thousand. A sweep is one. */
const BATCH: Record<WorkKind, number> = { refresh: 1_000, forget: 100, rescore: 200, deliver: 1_000, sweep: 1 };
const CALLING_HUBSPOT: ReadonlySet<WorkKind> = new Set(["refresh", "deliver", "sweep"]);
const POLL_MS = 250;
const KEEP_LEASE_MS = 10_000;
/** Waited for by the calls themselves. */
const SHORT_PAUSE_MS = 15_000;
const NO_HOLD: Hold = { dueMs: 0, restMs: 0, mayEnd: () => true };

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
  /** Why no calls are made, where a call told so; null where none did, or its time has come. */
  closed(): HubSpotClosed | null;
};

/** Does the work that the store holds, each kind in a loop of its own, so that a long sweep keeps no webhook waiting. */
export function createWorker(context: PipelineContext, progress: SweepProgress): Worker {
  const { store, log, now } = context;
  const troubles = createWorkTroubles(context);
  const resting = new Set<{ end: () => void; mayEnd: () => boolean }>();
  const holds = new Map<WorkKind, Hold>();
  let isStopping = false;
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
      if (CALLING_HUBSPOT.has(kind)) await throwIfClosed();
      claims = await store.work.claim(kind, BATCH[kind], now());
      const [mostUrgent] = claims;
      if (mostUrgent === undefined) return 0;
      const hubspot = context.hubspot.atPriority(mostUrgent.priority);
      await handleWork({ ...context, hubspot, rules: context.rulesInForce.current() }, kind, claims, untilStopped);
      troubles.end(kind);
      return claims.length;
    } catch (error) {
      const hold = error instanceof WorkStopped ? NO_HOLD : troubles.holdOf(kind, error);
      holds.set(kind, hold);
      try {
        await store.work.release(claims, new Date(now().getTime() + hold.dueMs));
      } finally {
        if (!(error instanceof WorkStopped)) troubles.note(kind, error);
      }
      throw error;
    } finally {
      clearInterval(keeping);
    }
  }

  /** Nothing is claimed that could not be done. */
  async function throwIfClosed(): Promise<void> {
    const known = troubles.closed();
    if (known !== null) throw known;
    const closing = await store.calls.closing("general", now());
    if (closing === null) return;
    const { reason, until } = closing;
    const retryAfterMs = until.getTime() - now().getTime();
    if (reason === "pause" && retryAfterMs <= SHORT_PAUSE_MS) return;
    const message = `HubSpot is not called before ${until.toISOString()}: ${reason}`;
    throw new HubSpotClosed(message, { call: "none", reason, until, retryAfterMs });
  }

  function wake(): void {
    for (const { end, mayEnd } of resting) if (mayEnd()) end();
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
        await rest(POLL_MS, () => true);
      } catch {
        const { restMs, mayEnd } = holds.get(kind) ?? NO_HOLD;
        await rest(restMs, mayEnd);
      }
    }
  }

  /** Where nothing waits any more, another replica has done what was held here. */
  async function forgetTroubleOfOthers(kind: WorkKind): Promise<void> {
    troubles.endDay(kind);
    const counts = await store.work.count(now());
    if (counts.some((count) => count.kind === kind && count.waiting === 0)) troubles.end(kind);
  }

  function rest(ms: number, mayEnd: () => boolean): Promise<void> {
    if (isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        resting.delete(rester);
        resolve();
      };
      const rester = { end, mayEnd };
      const timer = setTimeout(end, ms);
      resting.add(rester);
    });
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
      while (!(await isIdle())) {
        let done = 0;
        for (const kind of KINDS) done += await runOnce(kind);
        if (done === 0) await pause(POLL_MS);
      }
    },
    async settled() {
      while (!(await isIdle())) await pause(POLL_MS);
    },
    health: () => troubles.health(),
    closed: () => troubles.closed(),
  };
}
