/** More names than a person has written are not searched through. */
const MOST_NAMES = 2000;
const MOST_LETTERS = 60;

/**
 * The known name that a mistyped one is most like, or null where none is close: at most one slip (a letter too many,
 * too few, wrong, or two swapped) in every three letters, and three in all. Case, spaces, `-` and `_` do not count.
 */
export function nearestName(found: string, known: Iterable<string>): string | null {
  const wanted = lettersOf(found);
  if (wanted.length > MOST_LETTERS) return null;
  let nearest: string | null = null;
  let least = Math.min(3, Math.max(1, Math.floor(wanted.length / 3))) + 1;
  let seen = 0;
  for (const name of known) {
    if ((seen += 1) > MOST_NAMES) break;
    const letters = lettersOf(name);
    if (Math.abs(letters.length - wanted.length) >= least || letters === "") continue;
    const slips = slipsBetween(wanted, letters);
    if (slips >= least || slips >= letters.length) continue;
    least = slips;
    nearest = name;
  }
  return nearest;
}

/** `; did you mean "seats"?`, or nothing: the end of a sentence about a name that is not known. */
export function sayNearest(found: string, known: Iterable<string>): string {
  const nearest = nearestName(found, known);
  return nearest === null ? "" : `; did you mean ${JSON.stringify(nearest)}?`;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "");
}

/** The Damerau-Levenshtein distance in which no letter moves twice (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
