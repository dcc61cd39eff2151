/** A clock that runs as real time does, from an instant of the benchmark's choosing, and can be moved on by hand. */
export type BenchClock = { now: () => Date; advance: (ms: number) => void };

/** A Tuesday, ten o'clock in Oslo: a run ends on the day on which it began, and no night lies in between. */
const START = new Date("2026-03-03T09:00:00Z");

export function createBenchClock(): BenchClock {
  const begunAt = performance.now();
  let offsetMs = START.getTime();
  return {
    now: () => new Date(offsetMs + performance.now() - begunAt),
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}
