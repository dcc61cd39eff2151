import { describe, expect, it } from "@jest/globals";
import { parse } from "dotenv";
import { readFileSync } from "node:fs";
import { EnvironmentProblems } from "../../src/config/environment-problems.ts";
import { describeVariables } from "../../src/config/environment-variables.ts";
import { listSecrets, parseEnvironment } from "../../src/config/environment.ts";

const REQUIRED = {
  PUBLIC_URL: "https://health.example.com",
  HUBSPOT_ACCESS_TOKEN: "pat-eu1-0123456789abcdef",
  HUBSPOT_CLIENT_SECRET: "client-secret-of-an-app",
};
const isCron = (text: string) => text.split(" ").length === 5;
const read = (env: Record<string, string | undefined>) => parseEnvironment({ ...REQUIRED, ...env }, isCron);

function problemsOf(env: Record<string, string | undefined>) {
  try {
    parseEnvironment(env, isCron);
  } catch (error) {
    if (error instanceof EnvironmentProblems) return error;
    throw error;
  }
  throw new Error("no problem was found");
}

describe("parseEnvironment", () => {
  it("needs three values and has a default for every other", () => {
    expect(read({})).toEqual({
      port: 3000,
      host: "127.0.0.1",
      publicUrl: "https://health.example.com",
      dataDir: "./data",
      databaseUrl: null,
      hubspotAccessToken: "pat-eu1-0123456789abcdef",
      hubspotClientSecrets: ["client-secret-of-an-app"],
      hubspotBaseUrl: "https://api.hubapi.com",
      hubspotDailyReserve: 20,
      hubspotAllowV1Signature: false,
      rulesFile: "config/health.yaml",
      sweepCron: "30 4 * * *",
      adminToken: null,
      logLevel: "info",
    });
  });

  it.each([
    ["0", 0],
    ["95", 95],
    ["96", null],
    ["-1", null],
    ["20%", null],
    ["12.5", null],
  ])("takes a reserve of the day's calls from 0 to 95 percent: %s", (text, reserve) => {
    const env = { ...REQUIRED, HUBSPOT_DAILY_RESERVE: text };
    if (reserve !== null) expect(read(env).hubspotDailyReserve).toBe(reserve);
    else {
      const allowed = "a whole number of percent from 0 to 95";
      const problem = { variable: "HUBSPOT_DAILY_RESERVE", found: JSON.stringify(text), allowed };
      expect(problemsOf(env).problems).toEqual([problem]);
    }
  });

  it("takes an empty value as one that is not set, and no notice of spaces around one", () => {
    expect(read({ PORT: "", ADMIN_TOKEN: "  ", HOST: " ::1 ", HOME: "/somewhere" })).toEqual(read({ HOST: "::1" }));
  });

  it("tells every problem at once: the variable, what was found, what is allowed", () => {
    const { problems, message } = problemsOf({
      PORT: "80a",
      PUBLIC_URL: "http://health.example.com",
      SWEEP_CRON: "daily",
    });
    expect(problems).toEqual([
      { variable: "PORT", found: '"80a"', allowed: "a port from 0 to 65535" },
      {
        variable: "PUBLIC_URL",
        found: '"http://health.example.com"',
        allowed: expect.stringContaining("https") as unknown,
      },
      { variable: "HUBSPOT_ACCESS_TOKEN", found: "nothing", allowed: expect.any(String) as unknown },
      { variable: "HUBSPOT_CLIENT_SECRET", found: "nothing", allowed: expect.any(String) as unknown },
      { variable: "SWEEP_CRON", found: '"daily"', allowed: expect.stringContaining("30 4 * * *") as unknown },
    ]);
    for (const { variable, found } of problems) expect(message).toContain(`${variable}: found ${found}`);
  });

  it("shows no secret, however wrong it is", () => {
    const { problems, message } = problemsOf({
      ...REQUIRED,
      ADMIN_TOKEN: "too-short",
      DATABASE_URL: "mysql://me:hunter2@host/db",
      HUBSPOT_ACCESS_TOKEN: "pat with spaces in it",
      HUBSPOT_CLIENT_SECRET: "one-that-is-long-enough,short",
    });
    expect(problems.map(({ variable }) => variable)).toEqual([
      "DATABASE_URL",
      "HUBSPOT_ACCESS_TOKEN",
      "HUBSPOT_CLIENT_SECRET",
      "ADMIN_TOKEN",
    ]);
    expect(message).toContain("a value of 9 characters");
    expect(message).not.toMatch(/too-short|hunter2|with spaces|long-enough/);
  });

  it.each([
    ["PORT", "0"],
    ["PORT", "65535"],
    ["PUBLIC_URL", "http://localhost:3000"],
    ["PUBLIC_URL", "http://127.0.0.1:3000"],
    ["PUBLIC_URL", "http://[::1]:3000"],
    ["PUBLIC_URL", "https://example.com/health"],
    ["HUBSPOT_BASE_URL", "http://127.0.0.1:4100"],
    ["HUBSPOT_ALLOW_V1_SIGNATURE", "true"],
    ["DATABASE_URL", "postgres://me:secret@db:5432/health"],
    ["DATABASE_URL", "postgresql:///health?host=/var/run/postgresql"],
    ["ADMIN_TOKEN", "x".repeat(32)],
    ["LOG_LEVEL", "silent"],
  ])("takes %s=%s", (variable, value) => {
    expect(() => read({ [variable]: value })).not.toThrow();
  });

  it.each([
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "3e3"],
    ["PUBLIC_URL", "health.example.com"],
    ["PUBLIC_URL", "ftp://health.example.com"],
    ["PUBLIC_URL", "http://localhost.example.com"],
    ["PUBLIC_URL", "https://me:secret@example.com"],
    ["PUBLIC_URL", "https://example.com?a=1"],
    ["PUBLIC_URL", "https://example.com/#top"],
    ["HUBSPOT_BASE_URL", "http://api.hubapi.com"],
    ["HUBSPOT_ALLOW_V1_SIGNATURE", "yes"],
    ["HUBSPOT_CLIENT_SECRET", "short"],
    ["HUBSPOT_CLIENT_SECRET", "a-secret-long-enough,another-long-enough,a-third-long-enough"],
    ["DATABASE_URL", "db:5432/health"],
    ["ADMIN_TOKEN", "x".repeat(31)],
    ["LOG_LEVEL", "INFO"],
  ])("refuses %s=%s and nothing else", (variable, value) => {
    expect(problemsOf({ ...REQUIRED, [variable]: value }).problems).toMatchObject([{ variable }]);
  });

  it("cuts the slashes at an address's end, so that a path can follow", () => {
    expect(read({ PUBLIC_URL: "https://example.com/" }).publicUrl).toBe("https://example.com");
    expect(read({ PUBLIC_URL: "https://example.com/health//" }).publicUrl).toBe("https://example.com/health");
  });

  it("takes two client secrets while one is being changed", () => {
    const { hubspotClientSecrets } = read({ HUBSPOT_CLIENT_SECRET: "the-new-client-secret, the-old-client-secret" });
    expect(hubspotClientSecrets).toEqual(["the-new-client-secret", "the-old-client-secret"]);
  });

  it("lists every secret, so that the log can strike it out", () => {
    const secrets = {
      HUBSPOT_CLIENT_SECRET: "the-new-client-secret,the-old-client-secret",
      ADMIN_TOKEN: "an-admin-token-of-at-least-32-characters",
      DATABASE_URL: "postgres://me:hunter2@db/health",
    };
    expect(listSecrets(read(secrets))).toEqual([
      REQUIRED.HUBSPOT_ACCESS_TOKEN,
      "the-new-client-secret",
      "the-old-client-secret",
      secrets.ADMIN_TOKEN,
      secrets.DATABASE_URL,
      ":hunter2@",
    ]);
  });
});

describe(".env.example", () => {
  const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  const shown = parse(example.replace(/^# (?=[A-Z0-9_]+=)/gm, ""));

  it("shows every variable once, and no other but the one of compose.yaml", () => {
    const names = Object.keys(describeVariables(isCron).shape);
    expect(example.match(/^(# )?[A-Z0-9_]+=/gm)).toHaveLength(Object.keys(shown).length);
    expect(Object.keys(shown).sort()).toEqual([...names, "POSTGRES_PASSWORD"].sort());
  });

  it("shows the defaults as they are, and leaves open what has to be filled in", () => {
    const filled = { ...shown, ...REQUIRED };
    expect(parseEnvironment(filled, isCron)).toEqual(read({}));
    const open = example.match(/^[A-Z0-9_]+=$/gm)?.map((line) => line.slice(0, -1));
    expect(open?.sort()).toEqual(Object.keys(REQUIRED).sort());
    // A default that is not shown would pass the comparison above as an empty value.
    const empty = Object.keys(shown).filter((name) => shown[name] === "");
    expect(empty.sort()).toEqual([...Object.keys(REQUIRED), "ADMIN_TOKEN", "DATABASE_URL", "POSTGRES_PASSWORD"].sort());
  });
});
