import { DateTime } from "luxon";
import {
  HubSpotClosed,
  HubSpotForbidden,
  HubSpotUnauthorized,
  HubSpotUnavailable,
  type ClosedReason,
} from "./hubspot-errors.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { WorkKind } from "./store-port.ts";

/** What the worker last saw of HubSpot: `ok`, or why work of some kind is held and since when. */
export type WorkerHealth = { ok: true } | { ok: false; reason: string; since: Date };

/** What keeps work from being done, apart for each kind: that records can be read says nothing of writing tasks. */
export type WorkTroubles = {
  /** How long the work of a kind is to be held: longer each time that it fails in a row. */
  holdOf(kind: WorkKind, error: unknown): Hold;
  /** Keeps it for `health`, and says so in the log. */
  note(kind: WorkKind, error: unknown): void;
  has(kind: WorkKind): boolean;
  end(kind: WorkKind): void;
  /** The day of a kind that was held for its end is over. */
  endDay(kind: WorkKind): void;
  /** What was thrown to one kind and holds for every kind that calls HubSpot; null once its time has come. */
  closed(): HubSpotClosed | null;
  health(): WorkerHealth;
};

/** `dueMs`: until rows that were claimed are tried again. `restMs`: until one looks again, sooner if `mayEnd`. */
export type Hold = { dueMs: number; restMs: number; mayEnd: () => boolean };
type Trouble = { reason: string; since: Date; failures: number; isDay: boolean };

const LEAST_HOLD_MS = 2_000;
const LONGEST_HOLD_MS = 30_000;
/** A revoked token or a missing scope waits for a person. */
const HOLD_FOR_PERSON_MS = 60_000;

export function createWorkTroubles({ log, now, rulesInForce }: PipelineContext): WorkTroubles {
  const troubles = new Map<WorkKind, Trouble>();
  let shut: { error: HubSpotClosed; endsAt: number } | null = null;

  function inWords(error: unknown): string {
    if (error instanceof HubSpotUnauthorized) return "HubSpot refuses the token";
    if (error instanceof HubSpotForbidden) return "the app lacks a scope";
    if (error instanceof HubSpotClosed) return closedInWords(error, rulesInForce.current().ruleset.timezone);
    if (error instanceof HubSpotUnavailable) return "HubSpot cannot answer now";
    return "work fails; the log says why";
  }

  function holdOf(kind: WorkKind, error: unknown): Hold {
    if (error instanceof HubSpotUnauthorized || error instanceof HubSpotForbidden) return holdFor(HOLD_FOR_PERSON_MS);
    if (error instanceof HubSpotClosed) {
      // Thrown again to another kind, it is no longer than it was.
      const leftMs = shut?.error === error ? shut.endsAt - performance.now() : error.retryAfterMs;
      const dueMs = Math.max(0, leftMs);
      // Time may be moved by hand.
      const mayEnd = () => error.reason === "day" && error.until <= now();
      return { dueMs, restMs: Math.min(dueMs, LONGEST_HOLD_MS), mayEnd };
    }
    const failures = troubles.get(kind)?.failures ?? 0;
    const holdMs = Math.min(LEAST_HOLD_MS * 2 ** failures, LONGEST_HOLD_MS);
    if (!(error instanceof HubSpotUnavailable)) return holdFor(holdMs);
    const dueMs = Math.max(error.retryAfterMs, holdMs);
    // The portal is closed by these, which one looks at again: it is open sooner or later than was asked for.
    const isClosing = error.status === 429 || error.status === 477;
    return { ...holdFor(dueMs), restMs: isClosing ? Math.min(dueMs, LONGEST_HOLD_MS) : dueMs };
  }

  function tellLog(kind: WorkKind, error: unknown): void {
    if (error instanceof HubSpotUnauthorized) {
      log.error({ error, kind }, "HubSpot refuses the token: set a valid HUBSPOT_ACCESS_TOKEN; the work is held");
    } else if (error instanceof HubSpotForbidden) {
      log.error({ error, kind, requiredScopes: error.requiredScopes }, "the app lacks a scope; the work is held");
    } else if (error instanceof HubSpotClosed) {
      log.warn({ error, kind, until: error.until }, "HubSpot is not called for now; the work is held");
    } else if (error instanceof HubSpotUnavailable) {
      log.warn({ error, kind }, "HubSpot cannot answer now; the work is held");
    } else {
      log.error({ error, kind }, "work failed; it is tried again");
    }
  }

  return {
    holdOf,
    note(kind, error) {
      const before = troubles.get(kind);
      const isDay = error instanceof HubSpotClosed && error.reason === "day";
      // Looked at twice a minute until midnight, and told once.
      if (!(isDay && before?.isDay)) tellLog(kind, error);
      if (error instanceof HubSpotClosed && !isDay && ["all", "general"].includes(error.window))
        shut = { error, endsAt: performance.now() + holdOf(kind, error).restMs };
      const failures = (before?.failures ?? 0) + 1;
      troubles.set(kind, { reason: inWords(error), since: before?.since ?? now(), failures, isDay });
    },
    has: (kind) => troubles.has(kind),
    end: (kind) => void troubles.delete(kind),
    endDay(kind) {
      if (troubles.get(kind)?.isDay) troubles.delete(kind);
    },
    closed: () => (shut !== null && shut.endsAt > performance.now() ? shut.error : null),
    health() {
      const [first] = troubles.values();
      return first ? { ok: false, reason: first.reason, since: first.since } : { ok: true };
    },
  };
}

function holdFor(ms: number): Hold {
  return { dueMs: ms, restMs: ms, mayEnd: () => false };
}

const CLOSED_WORDS: Record<ClosedReason, string> = {
  day: "the calls of the day are spent but for the reserve; work goes on at",
  circuit: "HubSpot does not answer; tried again at",
  pause: "HubSpot asked for a pause; work goes on at",
};

/** Why nothing is sent, and until when in a time zone, as `... work goes on at 2026-11-23T00:00+01:00`. */
export function closedInWords({ reason, until }: { reason: ClosedReason; until: Date }, zone: string): string {
  const local = DateTime.fromJSDate(until, { zone }).startOf("second");
  const instant = local.toISO({ suppressMilliseconds: true, suppressSeconds: true }) ?? until.toISOString();
  return `${CLOSED_WORDS[reason]} ${instant}`;
}
