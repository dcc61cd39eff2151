import { mutateFile } from "./mutate-file.ts";
import type { Random } from "./random.ts";

type Hostile = (text: string, random: Random) => Uint8Array;
const bytesOf = (text: string) => Buffer.from(text, "utf8");

const kinds: readonly Hostile[] = [
  (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  (text) => Buffer.from(text, "utf16le"),
  (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
  (text) => Buffer.from(text.replace("name:", "name: Sør"), "latin1"),
  (text) => bytesOf(`\uFEFF${text}`),
  (text, random) => {
    const bytes = bytesOf(text);
    for (let count = 0; count <= random.below(4); count += 1) bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  (_, random) => Uint8Array.from({ length: random.below(400) }, () => random.below(256)),
  (_, random) => Uint8Array.from({ length: random.below(400) }, () => 32 + random.below(95)),
  // Each line doubles what the one before stands for.
  () => bytesOf(`a: &a [x,x]\n${Array.from({ length: 40 }, (_, at) => `a${at}: &b${at} [*a,*a]`).join("\n")}`),
  (text, random) => {
    const many = 1 + random.below(5000);
    return bytesOf(
      `${random.pick([text, "", "name: x\n"])}${random.pick(["[", "{", "- ", "? ", ": ", "{a: ", " ", "  - ", "a:\n"]).repeat(many)}`,
    );
  },
  (_, random) =>
    bytesOf(Array.from({ length: 30 }, (_, at) => `${" ".repeat(at * (1 + random.below(3)))}a:`).join("\n")),
  (text, random) =>
    bytesOf(text.replace(/^(\w+):/m, `${random.pick(["__proto__", "constructor", "toString", "<<"])}:`)),
  (text, random) => {
    const keys = text.match(/\b[a-z_]+(?=:)/g) ?? ["name"];
    return bytesOf(
      text.replaceAll(
        new RegExp(`\\b${random.pick(keys)}:`, "g"),
        random.pick(["__proto__:", "constructor:", "valueOf:"]),
      ),
    );
  },
  (text) => bytesOf(text.replaceAll("\n", "\r\n")),
  (text) => bytesOf(text.replaceAll("\n", "\r")),
  (text, random) => bytesOf(text.slice(0, random.below(text.length))),
  (text, random) => bytesOf(`${text}${random.pick(["x", "é", "\n", "#"]).repeat(random.below(40_000))}`),
  (text, random) => bytesOf(mutateFile(mutateFile(mutateFile(text, random), random), random)),
];

/** Bytes that nobody who means well would give: wrong encodings, bombs, depths, and names of an object's own. */
export function hostileFile(text: string, random: Random): Uint8Array {
  return random.pick(kinds)(text, random);
}
