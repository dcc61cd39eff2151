import { describe, expect, it } from "@jest/globals";
import { examinePortal } from "../../../src/pipeline/doctor/examine-portal.ts";
import type { Gathered } from "../../../src/pipeline/doctor/gathered.ts";
import { listFindings } from "../../../src/pipeline/doctor/list-findings.ts";
import {
  HubSpotClosed,
  HubSpotForbidden,
  HubSpotRefused,
  HubSpotUnauthorized,
  HubSpotUnavailable,
} from "../../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort } from "../../../src/pipeline/hubspot-port.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import { createFakeHubSpot } from "../../fakes/fake-hubspot.ts";
import { pipelineRules } from "../pipeline-rules.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const details = { call: "GET /x", correlationId: null };
const portalChecks = ["scopes", "portal", "time zone", "limits", "our properties", "rules' properties", "owners"];

describe("the doctor", () => {
  const { port } = createFakeHubSpot(() => NOW);
  const gathered = async (change: Partial<Gathered> = {}, hubspot: HubSpotPort = port): Promise<Gathered> => ({
    environment: null,
    rules: { file: "health.yaml", rules: compileRuleset(pipelineRules()), uses: [], people: [] },
    database: { kind: "given", version: "18.4", pending: [], unknown: [], portalId: "1", freeBytes: null },
    scopes: { required: [], optional: [] },
    limitPer10s: 190,
    dailyReserve: 20,
    portal: await examinePortal(hubspot, ["company"]),
    hubspot: { reached: { status: 401, text: "", durationMs: 1, date: NOW }, at: NOW },
    webhook: { url: "https://x.example/w", reached: { status: 200, text: "", durationMs: 1, date: NOW } },
    service: { url: "https://x.example/readyz", reached: { fault: { kind: "timeout", code: "TIMEOUT" } } },
    ...change,
  });
  const verdicts = async (given: Promise<Gathered>) =>
    Object.fromEntries(listFindings(await given).map(({ check, verdict }) => [check, verdict]));

  it("makes every check, whatever the others found", async () => {
    expect(await verdicts(gathered())).toEqual({
      environment: "ok",
      "rule file": "ok",
      database: "ok",
      token: "ok",
      scopes: "ok",
      portal: "ok",
      "time zone": "ok",
      limits: "ok",
      "our properties": "failed",
      "rules' properties": "ok",
      owners: "warning",
      clock: "ok",
      webhook: "ok",
      service: "failed",
    });
  });

  it.each([
    ["readToken", new HubSpotUnauthorized("no", details)],
    ["readToken", new HubSpotRefused("no", { ...details, status: 404, category: null })],
    ["readAccount", new HubSpotUnauthorized("no", details)],
  ] as const)("asks nothing more where %s tells that the token is refused", async (method, error) => {
    let asked = 0;
    const count = () => {
      asked += 1;
      return Promise.reject(new Error("not to be asked"));
    };
    const hubspot = { ...port, readOwners: count, readUsage: count, [method]: () => Promise.reject(error) };
    const found = await verdicts(gathered({}, hubspot));
    expect(found).toMatchObject({ token: "failed", clock: "ok", webhook: "ok", database: "ok" });
    expect(portalChecks.map((check) => found[check])).toEqual(portalChecks.map(() => "skipped"));
    expect(asked).toBe(0);
  });

  it.each([
    new HubSpotUnavailable("away", { ...details, retryAfterMs: 0, status: null }),
    new HubSpotClosed("shut", { call: "GET /x", reason: "circuit", until: NOW, retryAfterMs: 1 }),
  ])("asks nothing more where HubSpot does not answer, and says so once: %s", async (error) => {
    const hubspot = { ...port, readToken: () => Promise.reject(error), readOwners: () => Promise.reject(error) };
    const findings = listFindings(await gathered({}, hubspot));
    expect(findings.find(({ check }) => check === "token")).toMatchObject({ verdict: "failed", words: error.message });
    expect(findings.filter(({ words }) => words === "HubSpot does not answer").map(({ check }) => check)).toEqual(
      portalChecks,
    );
  });

  const until = new Date("2026-11-23T00:00:00Z");
  it.each([
    [new HubSpotUnavailable("away", { ...details, retryAfterMs: 0, status: 503 }), /does not answer now/],
    [new HubSpotClosed("shut", { call: "GET /x", reason: "circuit", until, retryAfterMs: 1 }), /again then/],
    [new HubSpotForbidden("no", { ...details, requiredScopes: ["owners.read"] }), /give the app owners\.read/],
    [new HubSpotRefused("odd", { ...details, status: 400, category: null }), /correlation id/],
  ])("goes on where one question fails: %s", async (error, remedy) => {
    const hubspot = { ...port, readOwners: () => Promise.reject(error) };
    const findings = listFindings(await gathered({}, hubspot));
    expect(findings.find(({ check }) => check === "owners")).toMatchObject({
      verdict: "failed",
      remedy: expect.stringMatching(remedy),
    });
    expect(findings.find(({ check }) => check === "rules' properties")).toMatchObject({ verdict: "ok" });
  });

  it("looks at the portal where the rules are bad, and at the rules where there is no token", async () => {
    const ruleless = await verdicts(gathered({ rules: { problem: "health.yaml:1:1: no" } }));
    expect(ruleless).toMatchObject({ "rule file": "failed", portal: "ok", limits: "ok", owners: "skipped" });
    const tokenless = await verdicts(gathered({ environment: "no", portal: null, database: null, webhook: null }));
    expect(tokenless).toMatchObject({ environment: "failed", "rule file": "ok", token: "skipped", webhook: "skipped" });
  });
});
