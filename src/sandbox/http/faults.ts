import { createRandom, type Random } from "../random.ts";
import type { Disturbance } from "./disturbance.ts";
import { type FaultKind, faultKinds, failures } from "./failures.ts";
import type { Route } from "./route.ts";

/** `rate`: the share of the app's calls that fail, 0 to 1; `kinds`: all, when left out. */
export type Faults = { rate: number; seed: number; kinds?: readonly FaultKind[] };

export type FaultSource = {
  settings: Faults | null;
  readonly counts: Readonly<Record<FaultKind, number>>;
  /** By chance, what goes wrong with this call; it is counted when it does. */
  draw(call: { route: Route; body: unknown }): Disturbance | undefined;
  forgetCounts(): void;
};

/** Lets calls fail at a rate. The same seed and the same order of calls give the same faults. */
export function createFaults(initial: Faults | null): FaultSource {
  let settings: Faults | null;
  let random: Random;
  let counts = noneCounted();
  const set = (wanted: Faults | null) => {
    if (wanted && !(wanted.rate >= 0 && wanted.rate <= 1))
      throw new RangeError(`faults: the rate ${wanted.rate} is not between 0 and 1`);
    settings = wanted;
    random = createRandom(wanted?.seed ?? 0);
  };
  set(initial);
  return {
    get settings() {
      return settings;
    },
    set settings(wanted) {
      set(wanted);
    },
    get counts() {
      return counts;
    },
    draw: (call) => {
      if (!settings || !random.chance(settings.rate)) return undefined;
      for (const kind of random.shuffle(settings.kinds ?? faultKinds)) {
        const failure = failures[kind](call, random);
        if (failure)
          return {
            ...failure,
            spoil: (...args) => {
              counts[kind] += 1;
              return failure.spoil(...args);
            },
          };
      }
      return undefined;
    },
    forgetCounts: () => {
      counts = noneCounted();
    },
  };
}

function noneCounted(): Record<FaultKind, number> {
  return { 207: 0, 404: 0, 423: 0, 429: 0, 477: 0, 500: 0, 502: 0, 503: 0, 504: 0, reset: 0, lost: 0, silent: 0 };
}
