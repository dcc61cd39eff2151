import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";

/** How many calls were made in rolling ten seconds. */
export type RateSamples = {
  stop(): void;
  /**
   * The mean over the windows during the whole of which work waited, and nothing was searched for: searches have a limit
   * of their own, and what waits for them uses none of this one. NaN where there was no such window.
   */
  meanWhileWaiting(): number;
};

const WINDOW_MS = 10_000;
const EVERY_MS = 100;

/** Looks ten times a second at whether `isWaiting` says that there is more to call. */
export function sampleRate({ onExchange }: Pick<Sandbox, "onExchange">, isWaiting: () => boolean): RateSamples {
  const answeredAt: number[] = [];
  const looks: { at: number; isWaiting: boolean }[] = [];
  const searchedAt: number[] = [];
  onExchange(({ path }) => {
    (path.endsWith("/search") ? searchedAt : answeredAt).push(performance.now());
  });
  const look = () => void looks.push({ at: performance.now(), isWaiting: isWaiting() });
  look();
  const timer = setInterval(look, EVERY_MS);
  const isWithin = (at: number, end: number) => at > end - WINDOW_MS && at <= end;
  return {
    stop: () => clearInterval(timer),
    meanWhileWaiting: () => {
      const [first] = looks;
      const ends = looks
        .map(({ at }) => at)
        .filter((end) => first && end - WINDOW_MS >= first.at)
        .filter((end) => looks.every((seen) => seen.isWaiting || !isWithin(seen.at, end)))
        .filter((end) => !searchedAt.some((at) => isWithin(at, end)));
      const counts = ends.map((end) => answeredAt.filter((at) => isWithin(at, end)).length);
      return counts.reduce((sum, count) => sum + count, 0) / counts.length;
    },
  };
}
