import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";

/** What was found, cut to a length that can be read. */
export function sayFound(found: unknown): string {
  if (found === undefined || found === null || found === "") return "nothing";
  if (typeof found === "string") return JSON.stringify(found.length > 60 ? `${found.slice(0, 57)}...` : found);
  return Array.isArray(found) ? "a list" : "a group of keys";
}

const MOST_NAMES = 30;

/** Names in a row; of very many the first. */
export function sayNames(names: Iterable<string>): string {
  const all = [...names];
  const more = all.length - MOST_NAMES;
  return `${all.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}` || "none";
}

/** What is known instead of a name that is not, the nearest first. */
export function sayKnown(found: string, known: Iterable<string>, what = "known"): string {
  const names = [...known];
  return `${sayNearest(found, names) || ";"} ${what}: ${sayNames(names)}`;
}
