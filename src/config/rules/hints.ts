/** `; write 1.5 with a point` and the like: the end of a sentence about a number that is none. */
export function hintOfNumber(found: string): string {
  if (/^[-+]?\d+,\d+$/.test(found)) return `; decimals come after a point: ${found.replace(",", ".")}`;
  if (/^[-+]?\d+([.,]\d+)?\s*%$/.test(found)) {
    return `; write it without the percent sign: ${found.replace(/\s*%$/, "").replace(",", ".")}`;
  }
  return hintOfArrow(found);
}

export function hintOfPercentage(found: string): string {
  if (/^\d+,\d+\s*%?$/.test(found))
    return `; decimals come after a point: ${found.replace(",", ".").replace(/\s*%?$/, "%")}`;
  if (/^\d+\s+%$/.test(found)) return `; write it without the space: ${found.replace(/\s+/, "")}`;
  if (/^0?\.\d+$/.test(found)) return `; write ${Number((Number(found) * 100).toFixed(4))}%`;
  return /^\d+(\.\d+)?$/.test(found) && Number(found) <= 100 ? `; write ${found}%` : "";
}

export function hintOfDuration(found: string): string {
  const bare = found.replace(/^(next|in) +| +ago$/g, "");
  const minutes = /^(\d+)\s*m(in|ins|inutes?)?$/.exec(bare);
  if (minutes) return `; m could be months or minutes: write ${minutes[1] ?? ""}mo for months (minutes do not count)`;
  const spelt = /^(\d+)\s*(hours?|days?|weeks?|months?|years?)$/.exec(bare);
  const unit = spelt?.[2]?.startsWith("month") ? "mo" : spelt?.[2]?.[0];
  if (spelt && unit !== undefined) return `; write ${spelt[1] ?? ""}${unit}`;
  if (/^\d+\s+(h|d|w|mo|y)$/.test(bare)) return `; write it without the space: ${bare.replace(/\s+/, "")}`;
  return /^\d+$/.test(bare) ? `; write ${bare}d for days` : "";
}

/** Of a word or a time where a group was meant that says what stands for a value that is missing. */
export function hintOfMissing(found: string): string {
  const hint = "; write { hold: 30d } or { grade: 30 }";
  if (found === "hold" || found === "grade") return hint;
  if (/^\d+(\.\d+)?$/.test(found)) return `; write { grade: ${found} }`;
  return /^\d+\s*(d|w|mo|y)$/.test(found) ? `; write { hold: ${found.replace(/\s+/, "")} }` : "";
}

export function hintOfWorkingDays(found: string): string {
  const days = /^(\d{1,3})\s*(d|days?|wd|workdays?|working ?days?)?$/i.exec(found)?.[1];
  return days === undefined ? "" : `; write ${days} working day${days === "1" ? "" : "s"}`;
}

export function hintOfCapacity(found: string): string {
  const tasks = /^([1-9]\d{0,5})(\s*(\/|a|per|each)\s*(w|wk|week))?$/i.exec(found)?.[1];
  return tasks === undefined ? "" : `; write ${tasks} per week`;
}

const otherWords: Readonly<Record<string, string>> = { no: "nb", nn: "nb", dk: "da", uk: "en", gb: "en", us: "en" };

/** A language by the code of its country, or a word in other letters. */
export function hintOfWord(found: string, words: readonly string[]): string {
  const folded = found.toLowerCase();
  const meant =
    words.find((word) => word.toLowerCase() === folded) ??
    (Object.hasOwn(otherWords, folded) ? words.find((word) => word === otherWords[folded]) : undefined);
  return meant === undefined ? "" : `; write ${meant}`;
}

/** What a sign of comparison is called in a rule file. */
const signs: Readonly<Record<string, string>> = {
  ">=": "at_least",
  "=>": "at_least",
  "<=": "at_most",
  "=<": "at_most",
  ">": "over",
  "<": "under",
  "=": "is",
  "==": "is",
  "!=": "not",
};

/** `; write { at_least: 3 }` for `>= 3`; nothing where the text begins with no sign of comparison. */
export function hintOfArrow(found: string): string {
  const match = /^([<>=!]{1,2})\s*(-?[\d.]*)$/.exec(found);
  const word = match?.[1] !== undefined && Object.hasOwn(signs, match[1]) ? signs[match[1]] : undefined;
  return word === undefined ? "" : `; write { ${word}: ${match?.[2] || "..."} }`;
}

/** Of a key that is not known: what else may have been meant than another name; `value` is what it holds. */
export function hintOfKey(key: string, value: unknown): string {
  const glued = /^([a-z_]\w*):(\S.*)$/.exec(key);
  if (glued) return `; a space is missing after the colon: ${glued[1] ?? ""}: ${glued[2] ?? ""}`;
  if (/^\d+$/.test(key) && (value === "" || value === null))
    return "; decimals come after a point: a comma begins a new key here";
  return hintOfArrow(key);
}

/** Of a number in the place of line, steps or match. */
export function hintOfPoint(key: string, value: unknown): string {
  return /^-?\d+(\.\d+)?$/.test(key) && typeof value === "string" && value !== ""
    ? "; put the points under line or steps"
    : "";
}

/** Of a value that is not there: whether a comment stands in its place. `rest` is the line from there on. */
export function hintOfCut(rest: string): string {
  return /^\s*:?\s*#/.test(rest) || /^[^#"']*:\s+#/.test(rest)
    ? "; what follows # is a comment: put the text in quotes"
    : "";
}
