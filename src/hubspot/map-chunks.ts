const AT_ONCE = 4;

/**
 * Does `work` on chunks of at most `size` items, a few at a time, and gives the answers in the order of the items.
 * After a failure no further chunk is begun, and it is thrown.
 */
export async function mapChunks<T, R>(
  items: readonly T[],
  size: number,
  work: (chunk: T[]) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let begun = 0;

  async function workOn(): Promise<void> {
    while (begun * size < items.length) {
      const index = begun;
      begun += 1;
      try {
        results[index] = await work(items.slice(index * size, (index + 1) * size));
      } catch (error) {
        begun = Infinity;
        throw error;
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, workOn));
  return results;
}
