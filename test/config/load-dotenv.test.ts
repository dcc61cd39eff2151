import { afterAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDotenv } from "../../src/config/load-dotenv.ts";

const folder = mkdtempSync(join(tmpdir(), "dotenv-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("loadDotenv", () => {
  it("gives the file's values under those of the environment, and does not change the environment", () => {
    const file = join(folder, ".env");
    writeFileSync(file, "PATH=nowhere\nONLY_IN_THE_FILE=yes\n");
    const loaded = loadDotenv(file);
    expect(loaded["ONLY_IN_THE_FILE"]).toBe("yes");
    expect(loaded["PATH"]).toBe(process.env["PATH"]);
    expect(process.env["ONLY_IN_THE_FILE"]).toBeUndefined();
  });

  it("gives the environment alone where there is no file, and throws for one that cannot be read", () => {
    expect(loadDotenv(join(folder, "absent"))).toEqual({ ...process.env });
    expect(() => loadDotenv(tmpdir())).toThrow("EISDIR");
  });
});
