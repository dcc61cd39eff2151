import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readRulesFile } from "../../src/config/read-rules-file.ts";
import { watchRulesFile, type RulesWatch } from "../../src/config/watch-rules-file.ts";
import { createRecordingLog } from "../recording-log.ts";
import { smallFile } from "./rules/small-file.ts";

describe("watching the rule file", () => {
  const log = createRecordingLog();
  let folder: string;
  let file: string;
  let watch: RulesWatch;
  let names: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "rules-"));
    file = join(folder, "health.yaml");
    await writeFile(file, smallFile);
    log.lines.length = 0;
    names = [];
    watch = watchRulesFile(file, await readRulesFile(file), {
      onChange: async ({ ruleset }) => {
        await Promise.resolve();
        names.push(ruleset.name);
      },
      everyMs: 3_600_000,
      log,
    });
  });
  afterEach(async () => {
    watch.stop();
    await rm(folder, { recursive: true });
  });
  const change = async (text: string) => {
    await writeFile(file, text);
    await watch.look();
  };

  it("tells of a changed text, and once", async () => {
    await watch.look();
    expect(names).toEqual([]);
    await change(smallFile.replace("name: Small", "name: Other"));
    await watch.look();
    expect(names).toEqual(["Other"]);
    expect(watch.isUsable()).toBe(true);
  });

  it("says once that a file is bad, gives nothing, and goes on with the next good one", async () => {
    const bad = smallFile.replace("language: en", "language: no");
    await change(bad);
    await watch.look();
    expect(names).toEqual([]);
    expect(watch.isUsable()).toBe(false);
    expect(log.lines.map(({ level }) => level)).toEqual(["error"]);
    await change(smallFile.replace("name: Small", "name: Mended"));
    expect(names).toEqual(["Mended"]);
    expect(watch.isUsable()).toBe(true);
  });

  it("takes a file that is gone for a bad one", async () => {
    await rm(file);
    await watch.look();
    expect(watch.isUsable()).toBe(false);
    await change(smallFile);
    expect(watch.isUsable()).toBe(true);
    expect(names).toEqual([]);
  });
});
