import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  IterableBackoff,
} from "cockatiel";
import { HubSpotClosed, HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";

/** Keeps a HubSpot that is down from being called again and again. */
export type Circuit = {
  /** Sends, or throws `HubSpotClosed` while the circuit is open, or while the one call that tries it is under way. */
  run<T>(call: string, send: () => Promise<T>): Promise<T>;
};

const FAILURES_IN_A_ROW = 5;
/** How long nothing is sent before one call may try again; longer each time that it fails. */
const OPEN_MS = [10_000, 20_000, 40_000, 60_000];
const TRYING_MS = 1_000;

/**
 * Opens after five calls in a row that had no answer or a 5xx. Any other answer, a refusal too, says that HubSpot is
 * there. Each process has its own: one whose network is broken must not stop the others.
 */
export function createCircuit({ now }: { now: () => Date }): Circuit {
  const breaker = circuitBreaker(handleWhen(isDown), {
    halfOpenAfter: new IterableBackoff(OPEN_MS),
    breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW),
  });
  let openings = 0;
  let openMs = 0;
  let triesAgainAt = 0;
  breaker.onBreak(() => {
    // The library goes by this clock, and does not tell until when.
    openMs = OPEN_MS[Math.min(openings, OPEN_MS.length - 1)] ?? 0;
    triesAgainAt = Date.now() + openMs;
    openings += 1;
  });
  breaker.onReset(() => {
    openings = 0;
  });

  function closed(call: string, leftMs: number): HubSpotClosed {
    const message = `${call} was not sent: HubSpot failed call after call, and is tried again in ${Math.ceil(leftMs / 1_000)} s`;
    const until = new Date(now().getTime() + leftMs);
    return new HubSpotClosed(message, { call, reason: "circuit", until, retryAfterMs: leftMs });
  }

  return {
    async run(call, send) {
      if (breaker.state === CircuitState.HalfOpen) throw closed(call, TRYING_MS);
      // The clock was set back: the library would wait as much longer. Closed so, the next failure opens it again.
      if (breaker.state === CircuitState.Open && triesAgainAt - Date.now() > openMs) breaker.isolate().dispose();
      try {
        // An error that is an answer counts for HubSpot, not against it.
        const outcome = await breaker.execute(async () => {
          try {
            return { answer: await send() };
          } catch (error) {
            if (isDown(error)) throw error;
            return { error };
          }
        });
        if ("answer" in outcome) return outcome.answer;
        throw outcome.error;
      } catch (error) {
        if (error instanceof BrokenCircuitError) throw closed(call, Math.max(0, triesAgainAt - Date.now()));
        throw error;
      }
    },
  };
}

function isDown(error: unknown): boolean {
  if (!(error instanceof HubSpotUnavailable) || error instanceof HubSpotClosed) return false;
  return error.status === null || error.status >= 500;
}
