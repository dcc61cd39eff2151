import { describe, expect, it } from "@jest/globals";
import { checkPortal, checkTimeZone, checkUsage } from "../../../src/pipeline/doctor/checks/check-account.ts";
import { checkClock } from "../../../src/pipeline/doctor/checks/check-clock.ts";
import { checkDatabase } from "../../../src/pipeline/doctor/checks/check-database.ts";
import { checkEnvironment } from "../../../src/pipeline/doctor/checks/check-environment.ts";
import { checkNamedProperties, checkOwners } from "../../../src/pipeline/doctor/checks/check-named.ts";
import { checkOurProperties } from "../../../src/pipeline/doctor/checks/check-our-properties.ts";
import { checkService } from "../../../src/pipeline/doctor/checks/check-service.ts";
import { checkScopes } from "../../../src/pipeline/doctor/checks/check-token.ts";
import { checkWebhook } from "../../../src/pipeline/doctor/checks/check-webhook.ts";
import type { Finding } from "../../../src/pipeline/doctor/finding.ts";
import type { DatabaseState } from "../../../src/pipeline/doctor/gathered.ts";
import type { Reached } from "../../../src/pipeline/doctor/reached.ts";
import type { NewProperty, PropertyDefinition } from "../../../src/pipeline/hubspot-port.ts";
import { ourProperties } from "../../../src/pipeline/setup.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import { pipelineRules } from "../pipeline-rules.ts";

const say = ({ verdict, words }: Finding) => `${verdict}: ${words}`;
const NOW = new Date("2026-11-22T12:00:00Z");
const answer = (status: number, more: Partial<Extract<Reached, { status: number }>> = {}): Reached => ({
  status,
  text: "",
  durationMs: 20,
  date: NOW,
  ...more,
});

describe("the environment", () => {
  it("is told with every problem", () => {
    expect(checkEnvironment(null)).toMatchObject({ verdict: "ok" });
    expect(checkEnvironment("it cannot be used:\n  PORT: found x\n  HOST: found y")).toMatchObject({
      verdict: "failed",
      words: "it cannot be used:",
      details: ["PORT: found x", "HOST: found y"],
    });
  });
});

describe("the database", () => {
  const sound: DatabaseState = {
    kind: "embedded",
    version: "18.4",
    pending: [],
    unknown: [],
    portalId: "7",
    freeBytes: 8e9,
  };
  it.each<[Partial<typeof sound>, string]>([
    [{}, "ok: Postgres 18.4 of the data folder answers; migrated, 8 GB free"],
    [{ kind: "given", freeBytes: null }, "ok: Postgres 18.4 of DATABASE_URL answers; migrated"],
    [{ pending: ["a", "b"] }, "ok: Postgres 18.4 of the data folder answers; the next start makes 2 migrations, 8 GB"],
    [{ unknown: ["9.sql"] }, "warning: Postgres 18.4 of the data folder was migrated by a later release (9.sql)"],
    [{ freeBytes: 900e6 }, "warning: Postgres 18.4 of the data folder answers, but only 900 MB are left"],
    [{ freeBytes: 100e6 }, "failed: Postgres 18.4 of the data folder answers, but only 100 MB are left"],
  ])("of %j", (change, words) => {
    expect(say(checkDatabase({ ...sound, ...change }))).toContain(words);
  });
  it("that cannot be opened, or is not known", () => {
    expect(say(checkDatabase({ problem: "it is away" }))).toBe("failed: it is away");
    expect(say(checkDatabase(null))).toBe("skipped: the environment cannot be used");
  });

  it.each<[string | null, string]>([
    ["7", "ok: 7, as the database"],
    [null, "ok: 7; the database is nobody's yet"],
    ["8", "failed: the token is of portal 7, but the database belongs to portal 8"],
  ])("of portal %j, beside the token's", (portalId, words) => {
    const account = { portalId: "7", timeZone: "Europe/Oslo", currency: "NOK" };
    expect(say(checkPortal(account, { ...sound, portalId }))).toContain(words);
  });
});

describe("the account", () => {
  it.each([
    ["Europe/Oslo", "Europe/Oslo", "ok"],
    ["US/Eastern", "America/New_York", "ok"],
    ["Europe/Copenhagen", "Europe/Oslo", "warning"],
    ["Nowhere/At_All", "Europe/Oslo", "warning"],
  ])("in %s, with rules for %s, is %s", (timeZone, rulesZone, verdict) => {
    expect(checkTimeZone({ portalId: "7", timeZone, currency: "NOK" }, rulesZone)).toMatchObject({ verdict });
  });

  it.each([
    [
      799_000,
      "ok: 190 calls in ten seconds; 799,000 of the day's 1,000,000 are used, 201,000 are left (200,000 of them",
    ],
    [800_000, "warning: 190 calls in ten seconds; 800,000 of the day's 1,000,000 are used, 200,000 are left"],
    [1_000_001, "warning: 190 calls in ten seconds; 1,000,001 of the day's 1,000,000 are used, 0 are left"],
  ])("that used %d calls", (used, words) => {
    const usage = { limit: 1_000_000, used, resetsAt: NOW };
    expect(say(checkUsage(usage, { limitPer10s: 190, reserve: 20 }))).toContain(words);
  });
});

describe("the scopes", () => {
  const rules = compileRuleset(pipelineRules());
  const scopes = {
    required: [
      { name: "tickets", reason: "Reads tickets." },
      { name: "deals.read", reason: "Reads deals.", type: "deal" as const },
    ],
    optional: [{ name: "schemas.write", reason: "Makes keys." }],
  };
  it.each([
    [["tickets", "schemas.write"], "ok: all 2 are there", []],
    [["tickets"], "warning: all 1 that are needed; without 1 that would help", ["schemas.write: Makes keys."]],
    [["schemas.write"], "failed: the token lacks 1 of 1", ["tickets: Reads tickets."]],
    [
      [],
      "failed: the token lacks 1 of 1, and 1 that would help",
      ["tickets: Reads tickets.", "schemas.write: Makes keys."],
    ],
  ])("%j", (given, words, details) => {
    const found = checkScopes({ answer: { portalId: "7", appId: "1", scopes: given } }, scopes, rules);
    expect(say(found)).toBe(words);
    expect(found.details ?? []).toEqual(details);
  });
});

describe("properties and users", () => {
  const ruleset = pipelineRules();
  const toDefinition = ({ name, type, fieldType, options = [] }: NewProperty): PropertyDefinition => {
    const values = options.map(({ value }) => value);
    return { name, type, fieldType, options: values, archived: false, calculated: false };
  };
  const standing = ourProperties(ruleset).map(toDefinition);
  const changed = (name: string, change: Partial<PropertyDefinition>) =>
    standing.map((property) => (property.name === name ? { ...property, ...change } : property));

  it.each([
    [standing, "ok", []],
    [standing.filter(({ name }) => name !== "chs_health_score"), "failed", ["missing: chs_health_score"]],
    [changed("chs_health_score", { archived: true }), "failed", ["archived: chs_health_score"]],
    [changed("chs_health_band", { options: ["healthy", "watch"] }), "failed", ["chs_health_band lacks at_risk"]],
    [changed("chs_health_score", { type: "string" }), "failed", ["chs_health_score must have type number"]],
  ])("of ours, case %#", (company, verdict, details) => {
    const found = checkOurProperties(ruleset, company, undefined);
    expect(found).toMatchObject({ verdict });
    expect((found.details ?? []).map((line, index) => line.slice(0, details[index]?.length))).toEqual(details);
  });

  const key = { name: "chs_key", type: "string", fieldType: "text", options: [], archived: false, calculated: false };
  it.each([
    [standing, [key], "ok", undefined],
    [standing, [{ ...key, archived: true }], "warning", ["archived on tasks: chs_key"]],
    [standing, [], "warning", ["missing on tasks: chs_key"]],
    [
      standing.filter(({ name }) => name !== "chs_health_score"),
      [],
      "failed",
      ["missing: chs_health_score", "missing on tasks: chs_key"],
    ],
  ])("of ours on tasks, case %#", (company, task, verdict, details) => {
    const found = checkOurProperties(ruleset, company, task);
    expect([found.verdict, found.details]).toEqual([verdict, details]);
  });

  const place = { line: 3, column: 5 };
  const rules = {
    file: "health.yaml",
    rules: compileRuleset({ ...ruleset, fallbackOwner: "kari@example.com" }),
    uses: [
      { source: "company" as const, property: "plan", as: "any" as const, values: [], exhaustive: false, place },
      { source: "deals" as const, property: "amount", as: "any" as const, values: [], exhaustive: false, place },
    ],
    people: [{ email: "kari@example.com", place }],
  };
  const plan = { name: "plan", type: "string", fieldType: "text", options: [], archived: false, calculated: false };
  it.each([
    [[plan], [], "ok: the portal has all 2 that the rules name"],
    [[plan], ["deal" as const], "warning: not all could be looked at: the token may not read deal"],
    [[], [], "failed: 1 do not fit the portal"],
  ])("of the rules, case %#", (company, forbidden, words) => {
    const found = checkNamedProperties(rules, { definitions: new Map([["company", company]]), forbidden });
    expect(say(found)).toBe(words);
  });

  const kari = { id: "1", email: "Kari@example.com", name: "Kari", archived: false };
  it.each([
    [[kari], "ok", undefined],
    [[{ ...kari, archived: true }], "failed", "health.yaml:3:5: kari@example.com (the fallback owner) is deactivated"],
    [[], "failed", "health.yaml:3:5: kari@example.com (the fallback owner) is no user of the portal"],
  ])("of the owners, case %#", (owners, verdict, line) => {
    const found = checkOwners(rules, owners);
    expect(found).toMatchObject({ verdict });
    expect(found.details?.[0]).toBe(line);
  });
  it("of owners where the rules name none for what is left over", () => {
    const without = { ...rules, people: [], rules: compileRuleset({ ...ruleset, fallbackOwner: null }) };
    expect(checkOwners(without, [kari])).toMatchObject({ verdict: "warning" });
  });
});

describe("the webhook", () => {
  const url = "https://health.example.com/webhooks/hubspot";
  it.each<[Reached, RegExp]>([
    [answer(200), /^ok: .* takes signed webhooks \(200 in 20 ms\)$/],
    [answer(200, { durationMs: 2_500 }), /^warning: /],
    [answer(401), /^failed: .* answered 401: the service refuses the signature$/],
    [answer(404), /^failed: .* answered 404: nothing is known by this path there$/],
    [answer(301), /^failed: .* answered 301: it sends callers elsewhere$/],
    [answer(418), /^failed: .* answered 418: the call was refused$/],
    [answer(502), /^failed: .* answered 502: the service, or what stands before it, is in trouble$/],
    [{ fault: { kind: "name", code: "ENOTFOUND" } }, /cannot be reached: its name is not known \(DNS: ENOTFOUND\)$/],
    [{ fault: { kind: "refused", code: "ECONNREFUSED" } }, /: nothing listens there \(connection refused\)$/],
    [{ fault: { kind: "certificate", code: "CERT_HAS_EXPIRED" } }, /not trusted \(TLS: CERT_HAS_EXPIRED\)$/],
    [{ fault: { kind: "timeout", code: "TIMEOUT" } }, /: it did not answer in time$/],
    [{ fault: { kind: "connection", code: "ECONNRESET" } }, /: the connection failed \(ECONNRESET\)$/],
  ])("%j", (reached, words) => {
    const found = checkWebhook({ url, reached });
    expect(say(found)).toMatch(words);
    expect(found.verdict === "ok" || (found.remedy ?? "") !== "").toBe(true);
  });

  it.each(["http://127.0.0.1:3000/x", "http://localhost/x", "http://[::1]:3000/x"])(
    "that only this machine knows: %s",
    (local) => {
      expect(checkWebhook({ url: local, reached: answer(200) })).toMatchObject({
        verdict: "warning",
        words: expect.stringContaining("HubSpot cannot reach this machine"),
      });
    },
  );
});

describe("the service", () => {
  const url = "https://health.example.com/readyz";
  const readiness = (ok: boolean) =>
    JSON.stringify({ ok, checks: [{ name: "work", ok, detail: "held", stopsTraffic: false }] });
  it.each<[Reached, string, string[] | undefined]>([
    [answer(200, { text: readiness(true) }), "ok", undefined],
    [answer(200, { text: readiness(false) }), "warning", ["work: held"]],
    [answer(503, { text: readiness(false) }), "failed", ["work: held"]],
    [answer(404, { text: "<html>" }), "warning", undefined],
    [{ fault: { kind: "refused", code: "ECONNREFUSED" } }, "failed", undefined],
  ])("case %#", (reached, verdict, details) => {
    const found = checkService({ url, reached });
    expect([found.verdict, found.details]).toEqual([verdict, details]);
  });
});

describe("the clock", () => {
  const seen = (secondsAhead: number) => ({ reached: answer(401), at: new Date(NOW.getTime() + secondsAhead * 1_000) });
  it.each([
    [0, "ok: as HubSpot's, to a few seconds"],
    [-5, "ok: as HubSpot's, to a few seconds"],
    [30, "warning: this machine's clock is 30 s ahead of HubSpot's"],
    [61, "failed: this machine's clock is 61 s ahead of HubSpot's"],
    [-3_600, "failed: this machine's clock is 3600 s behind HubSpot's"],
  ])("%d s ahead", (seconds, words) => {
    expect(say(checkClock(seen(seconds)))).toBe(words);
  });
  it("that cannot be compared", () => {
    expect(checkClock({ ...seen(0), reached: answer(200, { date: null }) })).toMatchObject({ verdict: "skipped" });
    expect(checkClock({ ...seen(0), reached: { fault: { kind: "name", code: "ENOTFOUND" } } })).toMatchObject({
      verdict: "failed",
    });
  });
});
