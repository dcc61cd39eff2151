/** Two rules that say the same. `correlation` is Pearson's, over the customers that both graded. */
export type Repetition = { labels: [string, string]; identical: boolean; correlation: number };

type Column = { label: string; grades: readonly (number | null)[] };

const LEAST_CORRELATION = 0.98;
/** Fewer customers than this agree by chance. */
const LEAST_PAIRS = 10;

/** The pairs of rules whose grades are identical, or nearly in step; a rule that never varies is in step with none. */
export function findRepetitions(columns: readonly Column[]): Repetition[] {
  return columns.flatMap((one, index) =>
    columns.slice(index + 1).flatMap((other): Repetition[] => {
      const correlated = correlate(one.grades, other.grades);
      if (!correlated) return [];
      const { identical, correlation } = correlated;
      return identical || correlation >= LEAST_CORRELATION
        ? [{ labels: [one.label, other.label], identical, correlation }]
        : [];
    }),
  );
}

/** Pearson's r = cov(x, y) / (sd(x) sd(y)); null where there are too few pairs, or one of the two never varies. */
function correlate(
  xs: readonly (number | null)[],
  ys: readonly (number | null)[],
): { identical: boolean; correlation: number } | null {
  let [count, sumX, sumY, identical] = [0, 0, 0, true];
  for (const [index, x] of xs.entries()) {
    const y = ys[index] ?? null;
    if (x === null || y === null) continue;
    count += 1;
    sumX += x;
    sumY += y;
    if (x !== y) identical = false;
  }
  if (count < LEAST_PAIRS) return null;
  const [meanX, meanY] = [sumX / count, sumY / count];
  let [both, squareX, squareY] = [0, 0, 0];
  for (const [index, x] of xs.entries()) {
    const y = ys[index] ?? null;
    if (x === null || y === null) continue;
    both += (x - meanX) * (y - meanY);
    squareX += (x - meanX) ** 2;
    squareY += (y - meanY) ** 2;
  }
  return squareX === 0 || squareY === 0 ? null : { identical, correlation: both / Math.sqrt(squareX * squareY) };
}
