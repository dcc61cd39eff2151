import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { createPortalPerson, type PortalPerson } from "./portal-person.ts";
import { RULES_FILE } from "./rules-file.ts";
import { serviceEnvironment } from "./service-environment.ts";
import { runProgram, type Environment } from "./start-program.ts";

const TIMEOUT_MS = 30_000;
jest.setTimeout(TIMEOUT_MS);

describe("the command line", () => {
  let sandbox: Sandbox;
  let person: PortalPerson;
  let database: TestDatabase;
  let folder: string;
  let environment: Environment;
  let atRiskId: string;

  beforeAll(async () => {
    // A second goes by with each call, or commands that follow one another so fast would meet the limit of searches.
    let seconds = 0;
    sandbox = await startSandbox({ monotonicMs: () => (seconds += 1) * 1_000 });
    person = createPortalPerson(sandbox, () => new Date());
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), "customer-health-rules-"));
    // What Node makes of the sources is kept from one start to the next.
    environment = serviceEnvironment(sandbox, 0, { DATABASE_URL: database.url });
    await person.addCustomer();
    atRiskId = await person.addCustomer({ name: "Nordlys Bygg", hs_csm_sentiment: "AT_RISK" });
    await person.addOverdueInvoice(atRiskId);
  });
  afterAll(async () => {
    await sandbox.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const health = (...args: string[]) => runProgram("cli/health.ts", args, environment);

  it("checks a rule file, needing nothing else", async () => {
    const wrong = join(folder, "wrong.yaml");
    await writeFile(wrong, (await readFile(RULES_FILE, "utf8")).replace("weight: 40", "weight: heavy"));
    const [good, bad, none] = await Promise.all([
      runProgram("cli/health.ts", ["check", "--rules", RULES_FILE], {}),
      runProgram("cli/health.ts", ["check", "--rules", wrong], {}),
      runProgram("cli/health.ts", ["check", "--rules", "nowhere.yaml"], {}),
    ]);

    expect(good).toMatchObject({ code: 0, stderr: "" });
    expect(good.stdout).toMatch(/Product use +40\.0 %/);
    expect(good.stdout).toContain("no problem found");
    expect(good.stdout).toContain("The portal was not asked, because HUBSPOT_ACCESS_TOKEN is not set");
    expect(bad).toMatchObject({ code: 1, stdout: "" });
    expect(bad.stderr).toMatch(
      new RegExp(`^${wrong}:\\d+:\\d+: .*weight: expected .+, found "heavy"\n.*heavy\n +\\^\n$`),
    );
    expect(none).toMatchObject({ code: 1, stdout: "", stderr: "nowhere.yaml: cannot be read (ENOENT)\n" });
  });

  it("checks a rule file against the portal, unless it is told not to", async () => {
    const wrong = join(folder, "strange.yaml");
    await writeFile(
      wrong,
      (await readFile(RULES_FILE, "utf8")).replace("company.key_features_used", "company.key_feature_used"),
    );
    const [asked, offline] = await Promise.all([
      health("check", "--rules", wrong),
      health("check", "--rules", wrong, "--offline"),
    ]);

    expect(asked).toMatchObject({ code: 1, stdout: "" });
    expect(asked.stderr).toContain(
      'the portal has no company property called "key_feature_used"; did you mean "key_features_used"?',
    );
    expect(offline).toMatchObject({ code: 0, stderr: "" });
    expect(offline.stdout).toContain("The portal was not asked, as --offline says");
  });

  it("exits with 2 when it is not understood", async () => {
    const wrong = [["sweeep"], ["sweep", "--all"], ["explain"], ["check", "this"], []];
    const ended = await Promise.all(wrong.map((args) => runProgram("cli/health.ts", args, {})));

    expect(ended.map(({ code }) => code)).toEqual(wrong.map(() => 2));
    for (const { stderr } of ended) expect(stderr).not.toBe("");
  });

  it("sets up the portal once", async () => {
    const first = await health("setup");
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain("chs_health_score");
    const isWrite = (kind: string) => /create|update|archive/.test(kind);
    expect(Object.keys(sandbox.calls).filter(isWrite)).toContain("companies properties batch/create");

    sandbox.forgetCalls();
    const second = await health("setup");
    expect(second).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Every property is there already\.$/m),
      stderr: "",
    });
    expect(Object.keys(sandbox.calls).filter(isWrite)).toEqual([]);
  });

  it("syncs, and says what was read", async () => {
    expect(await health("sync")).toMatchObject({
      code: 0,
      stdout: "Read: company 2, contact 0, ticket 0, invoice 1. Customers in the mirror: 2.\n",
    });
  });

  it("sweeps: scores and writes, and makes the tasks of where customers stand only when asked to", async () => {
    const first = await health("sweep");
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(/At risk +1\n.*Watch +0\n.*Healthy +1\n/);
    expect(await person.health(atRiskId)).toMatchObject({ score: 40, band: "at_risk" });
    expect(await person.tasksOf(atRiskId)).toEqual([]);

    for (let time = 1; time <= 2; time += 1) {
      const asked = await health("sweep", "--tasks-for-current");
      expect(asked).toMatchObject({ code: 0 });
      expect(asked.stdout).toContain("At-risk follow-up: 1 customers are in at_risk now");
      expect(await person.tasksOf(atRiskId)).toHaveLength(1);
    }
  });

  it("explains a score by points that sum to it", async () => {
    const { code, stdout, stderr } = await health("explain", atRiskId);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Nordlys Bygg (company ${atRiskId})`);
    expect(stdout).toMatch(/An invoice is overdue by more than 60 days \(cap 40\)/);
    expect(stdout).toMatch(/at-risk-follow-up-\d+-1 +open/);
    const [ofHealth = ""] = stdout.split(/^expansion:/m);
    const points = [...ofHealth.matchAll(/ ([+-]?\d+\.\d)$/gm)].map(([, number]) => Number(number));
    const [score, ...shares] = points.toReversed();
    expect(score).toBe(40);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(40, 6);
  });

  it("says in one line that a company is not known", async () => {
    expect(await health("explain", "1234")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^company 1234 is not known: .+\n$/),
    });
  });
});
