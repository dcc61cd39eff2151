/** Counts what happened within the last so many milliseconds. */
export type RollingWindow = {
  count(): number;
  add(): void;
  /** The greatest count there has been since the last `forgetGreatest`. */
  readonly greatest: number;
  forgetGreatest(): void;
};

/** As many forgotten times may stay in the list before it is copied, so that each call costs little on the average. */
const WASTE = 1_000;

export function createRollingWindow(spanMs: number, monotonicMs: () => number): RollingWindow {
  let times: number[] = [];
  let first = 0;
  let greatest = 0;
  const count = () => {
    const oldest = monotonicMs() - spanMs;
    while (first < times.length && (times[first] ?? 0) <= oldest) first += 1;
    if (first > WASTE && first * 2 > times.length) {
      times = times.slice(first);
      first = 0;
    }
    return times.length - first;
  };
  return {
    count,
    add: () => {
      times.push(monotonicMs());
      greatest = Math.max(greatest, count());
    },
    get greatest() {
      return greatest;
    },
    forgetGreatest: () => {
      greatest = count();
    },
  };
}
