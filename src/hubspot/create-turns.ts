import type { Clock } from "./clock.ts";

/** At most `limit` calls in any `spanMs`; who asks for more waits, first come first served. */
type Turns = {
  take(): Promise<void>;
  giveBack(): void;
  setLimit(limit: number): void;
};

/**
 * A turn is free again `spanMs` after its call was answered, not after it was sent: HubSpot counts the call at some
 * instant in between that only it knows, and so no sliding window of HubSpot's can hold more than `limit` calls.
 */
export function createTurns(settings: { limit: number; spanMs: number; clock: Clock }): Turns {
  const { spanMs, clock } = settings;
  let limit = settings.limit;
  let inFlight = 0;
  let freeAgainAt: number[] = [];
  const waiting: (() => void)[] = [];
  let isWaking = false;

  function serve(): void {
    freeAgainAt = freeAgainAt.filter((instant) => instant > clock.now());
    while (inFlight + freeAgainAt.length < limit) {
      const next = waiting.shift();
      if (next === undefined) return;
      inFlight += 1;
      next();
    }
    const [nextFreeAt] = freeAgainAt;
    if (waiting.length === 0 || nextFreeAt === undefined || isWaking) return;
    isWaking = true;
    void clock.sleep(Math.max(0, nextFreeAt - clock.now())).then(() => {
      isWaking = false;
      serve();
    });
  }

  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        serve();
      }),
    giveBack: () => {
      inFlight -= 1;
      freeAgainAt.push(clock.now() + spanMs);
      serve();
    },
    setLimit: (newLimit) => {
      limit = newLimit;
      serve();
    },
  };
}
