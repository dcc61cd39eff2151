import { setTimeout as pause } from "node:timers/promises";

/** The time of the governor and of the retries; tests move it by hand. */
export type Clock = {
  /** Milliseconds from an arbitrary start, never running backwards, whatever is done to the system's clock. */
  now(): number;
  sleep(ms: number): Promise<void>;
};

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms) => pause(ms),
};
