/** The portal's clock: an outer clock plus an offset that only grows, so that a demo can be moved on by days. */
export type Clock = {
  /** Milliseconds since the epoch, in the portal's time. */
  now(): number;
  /** How far the portal is ahead of the outer clock. */
  offsetMs(): number;
  /** Moves the portal's time on to `instantMs`; an instant that has passed changes nothing. */
  moveTo(instantMs: number): void;
};

export function createClock(outer: () => Date, offsetMs = 0): Clock {
  let offset = offsetMs;
  const now = () => outer().getTime() + offset;
  return {
    now,
    offsetMs: () => offset,
    moveTo: (instantMs) => {
      offset += Math.max(0, instantMs - now());
    },
  };
}
