import type { z } from "zod";
import { nearestName } from "../../scoring/ruleset/nearest-name.ts";
import { hintOfCut, hintOfKey, hintOfPoint } from "./hints.ts";
import type { PlaceAt } from "./locate.ts";
import type { RuleProblem } from "./rule-problems.ts";
import { sayFound, sayKnown } from "./say-found.ts";
import { withPath } from "./with-path.ts";

type Issue = z.core.$ZodIssue;
type Key = string | number;

/** What is wrong with the shape of a file, each thing at its place. `tree` is what the file holds, as it was read. */
export function shapeProblems(issues: readonly Issue[], tree: unknown, text: string, at: PlaceAt): RuleProblem[] {
  const lines = text.split(/\r\n|\r|\n/);
  const strangers = new Map<string, string[]>();
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") strangers.set(JSON.stringify(issue.path), issue.keys);
  }
  /** Whether a key that is missing is there under a name that is nearly the same: that is told of the other. */
  const isMisspelt = (path: readonly Key[]) => {
    const others = strangers.get(JSON.stringify(path.slice(0, -1))) ?? [];
    return others.some((other) => nearestName(other, [String(path.at(-1))]) !== null);
  };
  return issues.flatMap((issue): RuleProblem[] => {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownKey(key, issue.message, path, tree, at));
    const value = valueAt(tree, path);
    if (value === undefined && isMisspelt(path)) return [];
    const place = at(path, issue.code === "invalid_key" ? "key" : "value");
    const hint = value === "" ? hintOfCut(lines[place.line - 1]?.slice(place.column - 1) ?? "") : "";
    return [{ ...place, message: withPath(path, `${issue.message}${hint || hintOfText(value, issue.message)}`) }];
  });
}

/** `allowed` is the names of the keys that are known there. */
function unknownKey(key: string, allowed: string, path: readonly Key[], tree: unknown, at: PlaceAt): RuleProblem {
  const value = valueAt(tree, [...path, key]);
  const hint = hintOfKey(key, value) || (path.at(-1) === "grade" ? hintOfPoint(key, value) : "");
  const known = sayKnown(key, allowed.split(", "), "allowed here");
  const rest = hint === "" ? known : `${hint}; allowed here: ${allowed}`;
  return { ...at([...path, key], "key"), message: withPath(path, `unknown key ${sayFound(key)}${rest}`) };
}

/** `where:{ a: b }` is one text, where a group of keys was meant. */
function hintOfText(value: unknown, message: string): string {
  if (typeof value !== "string" || !/^expected a (group|list)/.test(message)) return "";
  return hintOfKey(value, value);
}

function valueAt(tree: unknown, path: readonly Key[]): unknown {
  let value = tree;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<Key, unknown>)[step];
  }
  return value;
}
