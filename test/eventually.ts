import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 20;

/**
 * Waits until `check` returns without throwing, and gives its result; the last error is thrown after `withinMs`.
 * The one place in the tests that waits on real time, so that no test sleeps for a guessed while.
 */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 15_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(POLL_MS);
    }
  }
}
