import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { capabilities } from "./capability-names.ts";

const HEADING = "What can be said";

describe("the table of config/README.md", () => {
  const named = firstCellsUnder(HEADING);

  test("tells how of every capability", () => {
    expect(capabilities.filter((capability) => !named.includes(capability))).toEqual([]);
  });

  test("names no other", () => {
    expect(named.filter((name) => !capabilities.some((capability) => capability === name))).toEqual([]);
  });
});

test("every capability has a case of its name", () => {
  const cases = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8"))
    .join("\n");
  expect(capabilities.filter((capability) => !cases.includes(JSON.stringify(capability)))).toEqual([]);
});

/** The first cells of the table under a heading, without its head. */
function firstCellsUnder(heading: string): string[] {
  const lines = readFileSync("config/README.md", "utf8").split("\n");
  const start = lines.findIndex((line) => line.startsWith("#") && line.includes(heading));
  const end = lines.findIndex((line, index) => index > start && line.startsWith("#"));
  const section = start === -1 ? [] : lines.slice(start + 1, end === -1 ? undefined : end);
  const cells = section.filter((line) => line.startsWith("|")).map((line) => line.split("|")[1]?.trim() ?? "");
  return cells.slice(2).map((cell) => cell.replaceAll("`", ""));
}
