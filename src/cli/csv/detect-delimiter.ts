const delimiters = [",", ";", "\t"] as const;
export type Delimiter = (typeof delimiters)[number];

/** What stands between the cells of a header line, outside quotes: the one of comma, semicolon and tab that is there most. */
export function detectDelimiter(text: string): Delimiter {
  const counts = new Map<string, number>();
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (letter === "\n" || letter === "\r") break;
    else counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return delimiters.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0] ?? ",";
}
