import { answerWith, type Disturbance, type WantedAnswer } from "./disturbance.ts";

/** What a gate looks at: the path without its query, and the parsed body. */
export type GatePredicate = (method: string, path: string, body: unknown) => boolean;

/** A request that was caught: `reached` resolves when it is, `release` lets its answer go. */
export type Hold = { reached: Promise<void>; release: () => void };

/** Catches single requests for tests: each gate takes the next request that fits, once. */
export type Gates = {
  /** Holds the answer back until it is released; with `before`, the request is not even handled until then. */
  holdNext: (predicate: GatePredicate, options?: { before?: boolean }) => Hold;
  /** The request is handled, and its connection then destroyed without an answer. */
  dropNext: (predicate: GatePredicate) => { reached: Promise<void> };
  /** The request gets this answer. */
  answerNext: (predicate: GatePredicate, answer: WantedAnswer) => { reached: Promise<void> };
  /** The first gate that fits this request, taken out. */
  take(method: string, path: string, body: unknown): Gate | undefined;
  /** Lets everything go that is still held. */
  releaseAll(): void;
};

export type Gate = {
  predicate: GatePredicate;
  kind: "before" | "after" | "drop" | "answer";
  disturbance?: Disturbance;
  reach: () => void;
  released: Promise<void>;
  release: () => void;
};

export function createGates(): Gates {
  const waiting: Gate[] = [];
  const taken = new Set<Gate>();
  const set = (predicate: GatePredicate, kind: Gate["kind"], disturbance?: Disturbance) => {
    const reached = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    const gate: Gate = {
      predicate,
      kind,
      ...(disturbance ? { disturbance } : {}),
      reach: () => reached.resolve(undefined),
      released: released.promise,
      release: () => {
        taken.delete(gate);
        released.resolve(undefined);
      },
    };
    waiting.push(gate);
    return { gate, reached: reached.promise };
  };
  return {
    holdNext: (predicate, options = {}) => {
      const { gate, reached } = set(predicate, options.before ? "before" : "after");
      return { reached, release: gate.release };
    },
    dropNext: (predicate) => ({ reached: set(predicate, "drop").reached }),
    answerNext: (predicate, answer) => ({ reached: set(predicate, "answer", answerWith(answer)).reached }),
    take: (method, path, body) => {
      const index = waiting.findIndex((gate) => gate.predicate(method, path, body));
      const [gate] = index === -1 ? [] : waiting.splice(index, 1);
      if (gate) taken.add(gate);
      return gate;
    },
    releaseAll: () => {
      for (const gate of [...taken, ...waiting]) gate.release();
    },
  };
}
