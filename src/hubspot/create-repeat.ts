import { HubSpotClosed, HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { Clock } from "./clock.ts";

/** Calls, and calls again when HubSpot is unavailable. */
export type Repeat = <T>(send: () => Promise<T>) => Promise<T>;

const MOST_TRIES = 3;
const LONGEST_MS = 15_000;
const FIRST_BACKOFF_MS = 500;
/** The portal is moved to another data centre, for up to a day. */
const MOVING = 477;

/**
 * For reads and for writes that may be done twice. Up to three tries, none begun later than 15 s after the first; a
 * longer wait is the caller's, who is not left hanging with a lease. The wait is what HubSpot asked for, and on top any
 * part of a growing backoff, so that workers do not come back in step.
 */
export function createRepeat({ clock, random }: { clock: Clock; random: () => number }): Repeat {
  return async (send) => {
    const startedAt = clock.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await send();
      } catch (error) {
        if (!isWorthRepeating(error) || tries === MOST_TRIES) throw error;
        const waitMs = error.retryAfterMs + FIRST_BACKOFF_MS * 2 ** tries * random();
        if (clock.now() - startedAt + waitMs > LONGEST_MS) throw error;
        await clock.sleep(waitMs);
      }
    }
  };
}

function isWorthRepeating(error: unknown): error is HubSpotUnavailable {
  return error instanceof HubSpotUnavailable && !(error instanceof HubSpotClosed) && error.status !== MOVING;
}
