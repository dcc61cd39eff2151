import { HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { Clock } from "./clock.ts";

/** Calls, and calls again when HubSpot is unavailable. */
export type Repeat = <T>(send: () => Promise<T>) => Promise<T>;

const MOST_TRIES = 3;
const LONGEST_MS = 15_000;
const FIRST_BACKOFF_MS = 500;

/**
 * For reads and for writes that may be done twice. Up to three tries, none begun later than 15 s after the first; a
 * longer wait is the caller's, who is not left hanging with a lease. The wait is what HubSpot asked for, and a jittered
 * backoff on top, so that workers do not come back in step.
 */
export function createRepeat({ clock, random }: { clock: Clock; random: () => number }): Repeat {
  return async (send) => {
    const startedAt = clock.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof HubSpotUnavailable) || tries === MOST_TRIES) throw error;
        const waitMs = error.retryAfterMs + FIRST_BACKOFF_MS * 2 ** (tries - 1) * (0.5 + random());
        if (clock.now() - startedAt + waitMs > LONGEST_MS) throw error;
        await clock.sleep(waitMs);
      }
    }
  };
}
