/** A clock that stands still until a test moves it. */
export type HandClock = {
  now: () => Date;
  /** Moves on; an instant that has passed changes nothing. */
  moveTo: (instant: Date) => void;
  advance: (ms: number) => void;
};

export function createHandClock(start: Date): HandClock {
  let instantMs = start.getTime();
  return {
    now: () => new Date(instantMs),
    moveTo: (instant) => {
      instantMs = Math.max(instantMs, instant.getTime());
    },
    advance: (ms) => {
      instantMs += ms;
    },
  };
}
