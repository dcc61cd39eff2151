import { describe, expect, it } from "@jest/globals";
import { globSync, readFileSync } from "node:fs";
import { findHabitsBroken } from "./architecture/habits.ts";
import { readSource } from "./architecture/read-source.ts";
import { findWrongImports } from "./architecture/rooms.ts";

const top = new URL("../", import.meta.url);
const sources = globSync("src/**/*.ts", { cwd: top }).map((path) => {
  const slashed = path.replaceAll("\\", "/");
  return readSource(slashed, readFileSync(new URL(slashed, top), "utf8"));
});

const imports = (path: string, text: string) => findWrongImports(readSource(path, text));
const habits = (path: string, text: string) => findHabitsBroken(readSource(path, text));

describe("the rooms of src/", () => {
  it("are there", () => {
    expect(sources.length).toBeGreaterThan(50);
  });

  it("import only inward, and leave each package to the room that owns it", () => {
    expect(sources.flatMap(findWrongImports)).toEqual([]);
  });

  it("keep the habits of the house", () => {
    expect(sources.flatMap(findHabitsBroken)).toEqual([]);
  });
});

describe("an import that runs the wrong way", () => {
  it("is told in a sentence with its reason", () => {
    expect(imports("src/http/page.ts", 'import { pool } from "../store/create-pool.ts";')).toEqual([
      "src/http/page.ts imports ../store/create-pool.ts, but http may import only http, pipeline, scoring: " +
        "adapters never import each other: only compose.ts introduces the rooms to one another",
    ]);
    expect(imports("src/pipeline/sweep.ts", 'import { Pool } from "pg";')).toEqual([
      "src/pipeline/sweep.ts imports pg, but only store may import pg: what is known of Postgres lies in one room",
    ]);
  });

  it.each([
    ["src/main.ts", "./store/open-database.ts"],
    ["src/compose.ts", "./sandbox/start-sandbox.ts"],
    ["src/compose.ts", "./main.ts"],
    ["src/pipeline/refresh.ts", "../hubspot/create-hubspot.ts"],
    ["src/scoring/scores/score.ts", "../../pipeline/log.ts"],
    ["src/scoring/deep/score.ts", "../../config/environment.ts"],
    ["src/scoring/scores/score.ts", "zod"],
    ["src/scoring/scores/score.ts", "node:crypto"],
    ["src/sandbox/start-sandbox.ts", "../hubspot/object-types.ts"],
    ["src/hubspot/client.ts", "express"],
    ["src/http/page.ts", "@hubspot/api-client/lib/codegen/crm/owners/index.js"],
    ["src/http/page.ts", "../../test/eventually.ts"],
    ["src/attic/thing.ts", "./other.ts"],
  ])("is refused: %s imports %s", (path, what) => {
    expect(imports(path, `import { x } from "${what}";`)).toHaveLength(1);
  });

  it.each([
    'import type { X } from "../store/x.ts"',
    'import "../store/x.ts"',
    'export * from "../store/x.ts"',
    'export { x } from "../store/x.ts"',
    'const x = await import("../store/x.ts")',
    'const x = require("../store/x.ts")',
    'type X = import("../store/x.ts").X',
    'import {\n  a,\n  b,\n} from "../store/x.ts"',
  ])("is seen in %j", (text) => {
    expect(imports("src/http/page.ts", text)).toHaveLength(1);
  });

  it.each([
    ["src/main.ts", 'import { compose } from "./compose.ts"'],
    ["src/cli/health.ts", 'import { startSandbox } from "../sandbox/start-sandbox.ts"'],
    ["src/http/page.ts", 'import { scoreSnapshot } from "../scoring/score.ts"; import express from "express"'],
    ["src/scoring/deep/score.ts", 'import { grade } from "../grade.ts"; import { DateTime } from "luxon"'],
    ["src/http/page.ts", '// import "../store/x.ts"\nconst text = \'import "../store/x.ts"\';'],
  ])("is not seen where there is none: %s", (path, text) => {
    expect(imports(path, text)).toEqual([]);
  });
});

describe("a habit broken", () => {
  it.each([
    ["src/http/index.ts", "export const x = 1;", "barrel"],
    ["src/http/utils/page.ts", "", "a drawer says nothing"],
    ["src/http/types.ts", "", "a drawer says nothing"],
    ["src/http/page.ts", "export default function page() {}", "default export"],
    ["src/http/page.ts", "const page = 1; export { page as default };", "default export"],
    ["src/http/page.ts", "const page = 1; export default page;", "default export"],
    ["src/http/page.ts", "const { PORT } = process.env;", "reads process.env"],
    ["src/http/page.ts", "const { env } = process;", "reads process.env"],
    ["src/http/page.ts", 'import { env } from "node:process";', "reads process.env"],
    ["src/http/page.ts", "await import(name);", "not written out"],
    ["src/scoring/scores/score.ts", "const now = Date.now();", "has Date.now()"],
    ["src/scoring/scores/score.ts", "const now = new Date();", "has Date()"],
    ["src/scoring/scores/score.ts", "const now = DateTime.local();", "has DateTime.local()"],
    ["src/scoring/scores/score.ts", "const dice = Math.random();", "has Math.random()"],
    ["src/scoring/scores/score.ts", "export async function score() {}", "something async"],
    ["src/scoring/scores/score.ts", "const score = async () => 1;", "something async"],
    ["src/scoring/scores/score.ts", "console.log(1);", "has console"],
  ])("is told: %s with %j", (path, text, sentence) => {
    expect(habits(path, text)).toEqual([expect.stringContaining(sentence)]);
  });

  it("is told: a file of more lines than one keeps in mind", () => {
    expect(habits("src/http/page.ts", "x;\n".repeat(220))).toEqual([]);
    expect(habits("src/http/page.ts", "x;\n".repeat(221))).toEqual([expect.stringContaining("has 221 lines")]);
  });

  it.each([
    [
      "src/scoring/scores/score.ts",
      "const day = new Date(0); const midnight = DateTime.utc(2026, 1, 1); // Date.now()",
    ],
    ["src/config/environment.ts", "const { PORT } = process.env;"],
    ["src/store/pool.ts", "const now = new Date(); const { platform } = process.versions;"],
  ])("is not told where there is none: %s", (path, text) => {
    expect(habits(path, text)).toEqual([]);
  });
});
