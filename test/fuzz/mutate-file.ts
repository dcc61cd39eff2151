import type { Random } from "./random.ts";

const marks = "{ } [ ] : , # & * ! | > % @ ` ' \" \\ - ? ~ 0 9 . = < _".split(" ");
const tokens = [
  ...marks,
  ...["\t", "\n", " ", ": ", "- ", " #", "null", "100", "-1", "1,5", "30m", "{}", "[]", "{{", "}}", ">= 3", "known"],
  ...["__proto__: ", "<<: ", "constructor", "health", "A", "é", "🙂", "\0", "\uFEFF", "\u2028", "\u0007"],
];

/** A file after one edit, such as a slip of the hand makes. */
export function mutateFile(text: string, random: Random): string {
  return random.pick(edits)(text, random);
}

type Edit = (text: string, random: Random) => string;

function onLines(edit: (lines: string[], at: number, random: Random) => string[]): Edit {
  return (text, random) => {
    const lines = text.split("\n");
    return edit(lines, random.below(lines.length), random).join("\n");
  };
}

/** A change of one scalar or one key on a line that has `key: value`. */
function onPair(edit: (key: string, value: string, random: Random) => string): Edit {
  return (text, random) => {
    const pairs = [...text.matchAll(/([a-z_]\w*): ([^\s,{}[\]"#][^,{}[\]"#\n]*)/g)];
    if (pairs.length === 0) return text;
    const pair = random.pick(pairs);
    const [whole, key = "", value = ""] = pair;
    return text.slice(0, pair.index) + edit(key, value, random) + text.slice(pair.index + whole.length);
  };
}

const edits: readonly Edit[] = [
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(tokens) + text.slice(at);
  },
  (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1 + random.below(8));
  },
  (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + random.pick(tokens) + text.slice(at + 1);
  },
  (text, random) => {
    const at = random.below(Math.max(1, text.length - 1));
    return (
      text.slice(0, at) +
      text
        .slice(at, at + 2)
        .split("")
        .toReversed()
        .join("") +
      text.slice(at + 2)
    );
  },
  onLines((lines, at) => lines.toSpliced(at, 1)),
  onLines((lines, at) => lines.toSpliced(at, 0, lines[at] ?? "")),
  onLines((lines, at, random) => lines.with(at, random.pick(lines))),
  onLines((lines, at, random) => {
    const other = random.below(lines.length);
    return lines.with(at, lines[other] ?? "").with(other, lines[at] ?? "");
  }),
  onLines((lines, at, random) => lines.with(at, " ".repeat(1 + random.below(4)) + (lines[at] ?? ""))),
  onLines((lines, at) => lines.with(at, (lines[at] ?? "").replace(/^ {1,2}/, ""))),
  onLines((lines, at) => lines.with(at, (lines[at] ?? "").replace(/^ +/, "\t"))),
  onPair((key, value, random) => `${key}: ${random.pick(tokens)}${value}`),
  onPair((key, _, random) => `${key}: ${random.pick(tokens)}`),
  onPair((key) => `${key}:`),
  onPair((key, value) => `${key}:${value}`),
  onPair((key, value) => `${key.slice(1)}${key.slice(0, 1)}: ${value}`),
  onPair((key, value) => `${key.toUpperCase()}: ${value}`),
  onPair((_, value, random) => `${random.pick(["where", "by", "label", "weight", "when", "name", "over"])}: ${value}`),
  onPair((key, value) => `${key}: [${value}]`),
  onPair((key, value) => `${key}: { ${value}: ${value} }`),
];
