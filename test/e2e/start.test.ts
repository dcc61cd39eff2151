import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { freePort } from "./free-port.ts";
import { createPortalPerson } from "./portal-person.ts";
import { RULES_FILE } from "./rules-file.ts";
import { serviceEnvironment } from "./service-environment.ts";
import { runProgram, startProgram, type Environment } from "./start-program.ts";

const TIMEOUT_MS = 30_000;
jest.setTimeout(TIMEOUT_MS);

describe("the service's start and end", () => {
  let sandbox: Sandbox;
  let database: TestDatabase;
  let folder: string;
  let environment: Environment;

  beforeAll(async () => {
    sandbox = await startSandbox({ limitPer10s: 2_000 });
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), "customer-health-rules-"));
    environment = serviceEnvironment(sandbox, await freePort(), { DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await sandbox.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it("is refused with every variable that is missing or wrong", async () => {
    const { code, stdout, stderr } = await runProgram("main.ts", [], { PORT: "eighty", LOG_LEVEL: "loud" });

    expect(code).toBe(1);
    expect(stdout).toBe("");
    for (const name of ["PORT", "PUBLIC_URL", "HUBSPOT_ACCESS_TOKEN", "HUBSPOT_CLIENT_SECRET", "LOG_LEVEL"]) {
      expect(stderr).toMatch(new RegExp(`^ *${name}: found .+; give `, "m"));
    }
  });

  it.each([
    ["an unknown key", "fallback_owner:", "fallback_ovner:"],
    ["a wrong type", "minimum_coverage: 50%", "minimum_coverage: [half]"],
    ["a bad weight", "weight: 40", "weight: -40"],
  ])("is refused with file, line and column of %s in the rules", async (_what, right, wrong) => {
    const text = await readFile(RULES_FILE, "utf8");
    const file = join(folder, "rules.yaml");
    await writeFile(file, text.replace(right, wrong));
    const line = text.slice(0, text.indexOf(right)).split("\n").length;

    const { code, stdout, stderr } = await runProgram("main.ts", [], { ...environment, RULES_FILE: file });

    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(new RegExp(`^${file}:${line}:\\d+: .+`)),
      expect.stringMatching(/^ {2}.*\S/),
      expect.stringMatching(/^ +\^$/),
    ]);
  });

  it("is refused with the token of another portal than the store's", async () => {
    expect(await runProgram("cli/health.ts", ["setup"], environment)).toMatchObject({ code: 0 });
    const other = await startSandbox({ portalId: 99_000_002 });
    try {
      const { code, stderr } = await runProgram("main.ts", [], { ...environment, HUBSPOT_BASE_URL: other.url });

      expect(code).toBe(1);
      expect(stderr).toMatch(/^this store belongs to portal 99000001, but .+ of portal 99000002; .+\n$/);
      expect(other.calls).toEqual({ "account details": 1 });
    } finally {
      await other.close();
    }
  });

  it("lets what is under way end, and exits with 0", async () => {
    const person = createPortalPerson(sandbox, () => new Date());
    const companyId = await person.addCustomer();
    const write = sandbox.holdNext((_method, path) => path === "/crm/v3/objects/companies/batch/update");
    const service = await startProgram("main.ts", [], environment);
    await write.reached;
    const toldAt = performance.now();

    service.signal("SIGTERM");
    await service.said("stopping");
    write.release();

    expect(await service.ended).toMatchObject({ code: 0, stderr: "" });
    expect(performance.now() - toldAt).toBeLessThan(10_000);
    expect(await person.health(companyId)).toMatchObject({ score: 100 });
    expect(await database.pool.query(`SELECT kind, key FROM work`)).toMatchObject({ rows: [] });
  });
});
