/** A seeded stream of chance: the same seed gives the same stream on every machine. Not for secrets. */
export type Random = {
  /** A number in [0, 1). */
  next(): number;
  /** A number in [low, high). */
  between(low: number, high: number): number;
  /** A whole number in [low, high], both included. */
  whole(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** A new list in random order. */
  shuffle<T>(list: readonly T[]): T[];
};

/** Mulberry32: 32 bits of state, well spread, and the same in every engine because it only uses 32-bit integers. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole,
    chance: (probability) => next() < probability,
    pick: <T>(choices: readonly T[]): T => {
      const chosen = choices[whole(0, choices.length - 1)];
      if (chosen === undefined) throw new RangeError("pick: the list of choices is empty");
      return chosen;
    },
    shuffle: <T>(list: readonly T[]): T[] =>
      list
        .map((value) => ({ value, rank: next() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ value }) => value),
  };
}

/** One seed out of several numbers, so that a company's day has its own stream whatever was drawn before. */
export function mixSeeds(...parts: number[]): number {
  return parts.reduce((hash, part) => Math.imul(hash ^ (part >>> 0), 0x9e3779b1) ^ (hash >>> 13), 0x811c9dc5) >>> 0;
}
