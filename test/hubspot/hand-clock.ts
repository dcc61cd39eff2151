import type { Clock } from "../../src/hubspot/clock.ts";

/** A clock that stands still until it is moved; who sleeps wakes when it passes. */
export type HandClock = Clock & {
  /** Moves on and lets everybody that woke do what was waiting. */
  advance(ms: number): Promise<void>;
};

export function createHandClock(): HandClock {
  let nowMs = 0;
  let sleepers: { wakeAt: number; wake: () => void }[] = [];
  return {
    now: () => nowMs,
    sleep: (ms) => new Promise((wake) => sleepers.push({ wakeAt: nowMs + ms, wake })),
    async advance(ms) {
      nowMs += ms;
      const woken = sleepers.filter(({ wakeAt }) => wakeAt <= nowMs);
      sleepers = sleepers.filter(({ wakeAt }) => wakeAt > nowMs);
      for (const { wake } of woken) wake();
      await settle();
    },
  };
}

/** Lets all promises that can go on do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
