import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gather } from "../../src/cli/doctor/gather.ts";
import { listFindings } from "../../src/pipeline/doctor/list-findings.ts";
import { setUpPortal } from "../../src/pipeline/setup.ts";
import { sandboxDefaults, type SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import type { Service } from "../../src/compose.ts";
import { freePort } from "./free-port.ts";
import { openStage, type Stage } from "./open-stage.ts";
import { serviceEnvironment } from "./service-environment.ts";
import { runProgram, type Environment } from "./start-program.ts";

const TIMEOUT_MS = 60_000;
jest.setTimeout(TIMEOUT_MS);

describe("the doctor", () => {
  let stage: Stage;
  let service: Service;
  let environment: Environment;
  let folder: string;
  let unusedPort: number;

  beforeAll(async () => {
    // Webhooks are signed with the time, so the service must live today.
    stage = await openStage({ start: new Date() });
    service = await stage.start();
    const [port] = stage.publicUrl.split(":").slice(-1);
    environment = serviceEnvironment(stage.sandbox, Number(port), { DATABASE_URL: stage.database.url });
    unusedPort = await freePort();
    folder = await mkdtemp(join(tmpdir(), "customer-health-doctor-"));
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const run = (...args: string[]) => runProgram("cli/health.ts", args, environment);
  async function examine(change: Environment = {}) {
    const findings = listFindings(await gather({ ...environment, ...change }));
    return new Map(findings.map((finding) => [finding.check, finding]));
  }

  it("finds a running service well, but for an address that HubSpot cannot reach", async () => {
    const { code, stdout, stderr } = await run("doctor");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^! warning +webhook: http:\/\/127\.0\.0\.1:\d+\/webhooks\/hubspot takes signed webhooks \(200/m,
    );
    expect(stdout).toMatch(/^✓ ok +limits: 190 calls in ten seconds; \d+ of the day's/m);
    expect(stdout).toMatch(/^14 checks: 13 ok, 1 warning, 0 failed, 0 skipped\.$/m);
  });

  it.each<[string, Environment, Record<string, [string, RegExp]>]>([
    [
      "another client secret",
      { HUBSPOT_CLIENT_SECRET: "not-the-secret-of-this-app" },
      { webhook: ["failed", /answered 401: the service refuses the signature/], service: ["ok", /ready/] },
    ],
    [
      "a revoked token",
      { HUBSPOT_ACCESS_TOKEN: "pat-revoked-and-gone-for-ever" },
      { token: ["failed", /refuses the token/], scopes: ["skipped", /refused/], webhook: ["warning", /takes signed/] },
    ],
    [
      "an address where nothing listens",
      { PUBLIC_URL: "http://127.0.0.1:FREE" },
      {
        webhook: ["failed", /nothing listens there/],
        service: ["failed", /nothing listens there/],
        portal: ["ok", /as/],
      },
    ],
    [
      "a path that is not the service's",
      { PUBLIC_URL: "PUBLIC_URL/elsewhere" },
      { webhook: ["failed", /answered 404/], service: ["warning", /not as this service does/] },
    ],
    [
      "a bad environment",
      { PUBLIC_URL: "ftp://x", SWEEP_CRON: "now" },
      { environment: ["failed", /cannot be used/], database: ["skipped", /./], token: ["ok", /valid/] },
    ],
    [
      "no rule file",
      { RULES_FILE: "nowhere.yaml" },
      { "rule file": ["failed", /nowhere\.yaml: cannot be read/], owners: ["skipped", /rules/], limits: ["ok", /./] },
    ],
  ])("says what is wrong with %s", async (_, change, expected) => {
    const place = (text: string) => text.replace("PUBLIC_URL", stage.publicUrl).replace("FREE", String(unusedPort));
    const variables = Object.entries(change).map(([name, text]) => [name, place(text)]);
    const found = await examine(Object.fromEntries(variables) as Environment);
    for (const [check, [verdict, words]] of Object.entries(expected)) {
      expect(found.get(check)).toMatchObject({ verdict, words: expect.stringMatching(words) });
    }
  });

  it.each<[string, SandboxOptions, string, object]>([
    [
      "of another portal",
      { portalId: 99_000_002 },
      "portal",
      { words: "the token is of portal 99000002, but the database belongs to portal 99000001" },
    ],
    [
      "that lacks a scope",
      { scopes: sandboxDefaults.scopes.filter((scope) => scope !== "tickets") },
      "scopes",
      { words: "the token lacks 1 of 10", details: [expect.stringMatching(/^tickets: Reads tickets/)] },
    ],
  ])("says so of a token %s", async (_, options, check, expected) => {
    const other = await startSandbox({ now: stage.clock.now, ...options });
    try {
      const found = await examine({ HUBSPOT_BASE_URL: other.url });
      expect(found.get("token")).toMatchObject({ verdict: "ok" });
      expect(found.get(check)).toMatchObject({ verdict: "failed", ...expected });
    } finally {
      await other.close();
    }
  });

  it("says once that HubSpot does not answer", async () => {
    const found = await examine({ HUBSPOT_BASE_URL: `http://127.0.0.1:${unusedPort}` });
    expect(found.get("token")).toMatchObject({ verdict: "failed" });
    expect(found.get("clock")).toMatchObject({ words: expect.stringContaining("nothing listens there") });
    expect([...found.values()].filter(({ words }) => words === "HubSpot does not answer")).toHaveLength(7);
  });

  it("exits with 1 and tells everything as JSON", async () => {
    const { code, stdout } = await runProgram("cli/health.ts", ["doctor", "--json"], {});
    expect(code).toBe(1);
    const told: unknown = JSON.parse(stdout);
    expect(told).toMatchObject({ ok: false, findings: expect.any(Array) });
    expect(told).toHaveProperty("findings.0", expect.objectContaining({ check: "environment", verdict: "failed" }));
  });

  it("says which of our properties are gone, and setup brings them back", async () => {
    const { url, personToken } = stage.sandbox;
    await fetch(`${url}/crm/v3/properties/companies/chs_health_score`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${personToken}` },
    });
    expect((await examine()).get("our properties")).toMatchObject({
      verdict: "failed",
      remedy: "npm run health -- setup",
    });
    await setUpPortal(service.hubspot, service.rules.ruleset);
    expect((await examine()).get("our properties")).toMatchObject({ verdict: "ok" });
  });

  it("comes after a project that the rules and the environment gave", async () => {
    const project = join(folder, "project");
    const { code, stdout } = await run("project", project);
    expect(code).toBe(0);
    expect(stdout).toContain("hs project upload");
    const webhooks = await readFile(join(project, "src/app/webhooks/webhooks-hsmeta.json"), "utf8");
    expect(webhooks).toContain(`"targetUrl": "${stage.webhookUrl}"`);
  });
});
