import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { createPortalPerson } from "./portal-person.ts";
import { RULES_FILE } from "./rules-file.ts";
import { serviceEnvironment } from "./service-environment.ts";
import { runProgram, type Environment } from "./start-program.ts";

const TIMEOUT_MS = 30_000;
jest.setTimeout(TIMEOUT_MS);

describe("the tools for whoever edits the rules", () => {
  let sandbox: Sandbox;
  let database: TestDatabase;
  let folder: string;
  let environment: Environment;
  let customerId: string;

  beforeAll(async () => {
    // A second goes by with each call, or commands that follow one another so fast would meet the limit of searches.
    let seconds = 0;
    sandbox = await startSandbox({ monotonicMs: () => (seconds += 1) * 1_000 });
    const person = createPortalPerson(sandbox, () => new Date());
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), "customer-health-tools-"));
    // What Node makes of the sources is kept from one start to the next.
    environment = serviceEnvironment(sandbox, 0, { DATABASE_URL: database.url });
    await person.addCustomer();
    customerId = await person.addCustomer({ name: "Nordlys Bygg", hs_csm_sentiment: "AT_RISK" });
    await person.addOverdueInvoice(customerId);
  });
  afterAll(async () => {
    await sandbox.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const health = (...args: string[]) => runProgram("cli/health.ts", args, environment);

  it("say what to run first", async () => {
    const [audit, explain] = await Promise.all([health("audit"), health("explain", "1234")]);
    expect(audit).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/run `health sweep` first\n$/) });
    expect(explain).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/run `health sync`.*\n$/) });
  });

  it("preview a change of the rules without asking HubSpot", async () => {
    expect(await health("sweep")).toMatchObject({ code: 0 });
    const changed = join(folder, "new.yaml");
    const rules = await readFile(RULES_FILE, "utf8");
    await writeFile(
      changed,
      rules.replace("cap: 40, when: { days_overdue: { over: 60 } }", "cap: 60, when: { days_overdue: { over: 60 } }"),
    );
    sandbox.forgetCalls();

    const text = await health("preview", changed);
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toMatch(/^2 companies, as they are on /);
    expect(text.stdout).toMatch(
      /Nordlys Bygg \(\d+\) +at_risk 40 +-> +watch \d+ +\+\d+\.\d from An invoice is overdue/,
    );
    const markdown = await health("preview", changed, "--markdown");
    expect(markdown.stdout).toContain("| from \\\\ to |");
    const json = JSON.parse((await health("preview", changed, "--json")).stdout) as {
      comparison: { companies: number };
    };
    expect(json.comparison.companies).toBe(2);
    expect(sandbox.calls).toEqual({});
  });

  it("fetch what a change asks for and the mirror lacks", async () => {
    const changed = join(folder, "more.yaml");
    const rules = await readFile(RULES_FILE, "utf8");
    await writeFile(changed, rules.replace("value: company.seats_active_share", "value: company.numberofemployees"));

    expect((await health("preview", changed)).stdout).toContain("Not mirrored: company.numberofemployees.");
    const fetched = await health("preview", changed, "--fetch");
    expect(fetched).toMatchObject({ code: 0 });
    expect(fetched.stdout).not.toContain("Not mirrored");
  });

  it("audit the rules, and explain a customer and its way up", async () => {
    const audit = await health("audit");
    expect(audit).toMatchObject({ code: 0, stderr: "" });
    expect(audit.stdout).toMatch(/^2 customers\n/);
    const today = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Oslo" }).format();
    const explained = await health("explain", customerId, "--at", today);
    expect(explained).toMatchObject({ code: 0, stderr: "" });
    expect(explained.stdout).toMatch(
      /What would bring it to Watch \(50 points\): one of\n +Invoice overdue: \d+ days -> 60 days/,
    );
    expect(explained.stdout).toMatch(/Change +0\n/);
  });

  it("score a spreadsheet with nothing else at hand, wholly or not at all", async () => {
    const [rules, good, bad] = ["rules.yaml", "good.csv", "bad.csv"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const out = join(folder, "scores.csv");
    await writeFile(
      rules,
      `name: Seats
language: en
timezone: Europe/Oslo
customers: { where: { lifecyclestage: customer } }
signals: { seats: { value: company.Seats in use } }
scores:
  health:
    property: chs_health_score
    dimensions: { use: { weight: 1, rules: [{ signal: seats, grade: { line: { 0: 0, 10: 100 } } }] } }
    bands: { at_risk: { below: 50, colour: red }, healthy: { colour: green } }
`,
    );
    await writeFile(good, "Customer;Seats in use\nA;2,5\nB;10\nC;\n");
    await writeFile(bad, "Customer;Seats in use\nA;2,5\nB\n");
    const score = (...args: string[]) => runProgram("cli/health.ts", ["score", "--rules", rules, ...args], {});

    const printed = await score("--csv", good, "--report");
    expect(printed.code).toBe(0);
    expect(printed.stdout).toBe(
      "Customer;health;health_band;health_coverage;health_reasons\nA;25;at_risk;100%;Seats: 2.5\nB;100;healthy;100%;\nC;;unknown;0%;\n",
    );
    expect(printed.stderr).toMatch(/At risk +1 +33\.3 %/);
    expect(await score("--csv", bad, "--out", out)).toMatchObject({
      code: 1,
      stderr: `${bad}:3: expected 2 cells as in the header, found 1\n`,
    });
    expect((await readdir(folder)).filter((name) => name.startsWith("scores.csv"))).toEqual([]);
    expect(await score("--csv", good, "--out", out)).toMatchObject({ code: 0 });
    expect(await readFile(out, "utf8")).toBe(printed.stdout);
    expect(await score("--csv", good)).toMatchObject({ code: 0, stderr: "" });
  });
});
