/**
 * Rounds numbers from 0 up to whole ones from 0 up that sum to `total` (a whole number from 0 up), each as near to itself
 * as that allows (largest remainder, the Hamilton method of apportionment). Zeroes stay zero, so that what gave nothing
 * is never shown as having given. Where the total lies further off than one a number, the rest goes round again; ties go
 * to the earlier number.
 */
export function shareOut(numbers: readonly number[], total: number): number[] {
  const shares = numbers.map(Math.floor);
  const order = numbers
    .map((number, index) => ({ index, remainder: number - Math.floor(number), zero: number === 0 }))
    .filter(({ zero }) => !zero)
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  let missing = total - shares.reduce((sum, share) => sum + share, 0);
  const step = Math.sign(missing);
  const turns = step >= 0 ? order : order.toReversed();
  for (let turn = 0; missing !== 0 && turns.length > 0; turn += 1) {
    const index = turns[turn % turns.length]?.index ?? 0;
    const share = shares[index] ?? 0;
    if (share + step < 0) continue;
    shares[index] = share + step;
    missing -= step;
  }
  return shares;
}
