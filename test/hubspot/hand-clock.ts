import type { Clock } from "../../src/hubspot/clock.ts";

/** A clock that stands still until it is moved; who sleeps wakes when it passes. */
export type HandClock = Clock & {
  /** Moves on, from one sleeper's instant to the next, and lets everybody that woke do what was waiting. */
  advance(ms: number): Promise<void>;
};

export function createHandClock(): HandClock {
  let nowMs = 0;
  let sleepers: { wakeAt: number; wake: () => void }[] = [];
  return {
    now: () => nowMs,
    sleep: (ms) => new Promise((wake) => sleepers.push({ wakeAt: nowMs + ms, wake })),
    async advance(ms) {
      const until = nowMs + ms;
      await settle();
      for (;;) {
        const next = Math.min(...sleepers.map(({ wakeAt }) => wakeAt));
        if (next > until) break;
        nowMs = Math.max(nowMs, next);
        const woken = sleepers.filter(({ wakeAt }) => wakeAt <= nowMs);
        sleepers = sleepers.filter(({ wakeAt }) => wakeAt > nowMs);
        for (const { wake } of woken) wake();
        await settle();
      }
      nowMs = until;
    },
  };
}

/** Lets all promises that can go on do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
