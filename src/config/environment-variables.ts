import { z } from "zod";
import { parseServiceUrl } from "./parse-service-url.ts";

export type LogLevel = z.infer<typeof LogLevel>;
const LogLevel = z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]);

export const DEFAULT_RULES_FILE = "config/health.yaml";

/** Never shown, whatever is wrong with them. */
export const SECRET_VARIABLES: ReadonlySet<string> = new Set([
  "DATABASE_URL",
  "HUBSPOT_ACCESS_TOKEN",
  "HUBSPOT_CLIENT_SECRET",
  "ADMIN_TOKEN",
]);

/** The variables, with their defaults and what is allowed in each. What they mean stands in `.env.example`. */
export function describeVariables(isCron: (text: string) => boolean) {
  return z.object({
    PORT: variable("a port from 0 to 65535", parsePort).prefault("3000"),
    // Only this machine until somebody says otherwise; the container image does.
    HOST: variable("an address of this machine", asGiven).prefault("127.0.0.1"),
    PUBLIC_URL: variable(
      "the address at which HubSpot reaches this service, as https://health.example.com (http on this machine only)",
      parseServiceUrl,
    ),
    DATA_DIR: variable("a folder", asGiven).prefault("./data"),
    DATABASE_URL: variable("a postgres:// address", parsePostgresUrl).nullable().default(null),
    HUBSPOT_ACCESS_TOKEN: variable("the app's access token, without spaces", (text) => parseSecret(text, 16)),
    HUBSPOT_CLIENT_SECRET: variable(
      "the app's client secret, or the new and the old one with a comma between them",
      parseClientSecrets,
    ),
    HUBSPOT_BASE_URL: variable("an https address (http on this machine only)", parseServiceUrl).prefault(
      "https://api.hubapi.com",
    ),
    HUBSPOT_DAILY_RESERVE: variable("a whole number of percent from 0 to 95", parseReserve).prefault("20"),
    HUBSPOT_ALLOW_V1_SIGNATURE: variable("true or false", parseSwitch).prefault("false"),
    RULES_FILE: variable("a file", asGiven).prefault(DEFAULT_RULES_FILE),
    // Not between 1 and 4 o'clock: the hour that the clocks skip in spring would cost that night's sweep.
    SWEEP_CRON: variable("a cron expression of 5 fields, as 30 4 * * *", (text) =>
      isCron(text) ? text : null,
    ).prefault("30 4 * * *"),
    ADMIN_TOKEN: variable("at least 32 characters, without spaces", (text) => parseSecret(text, 32))
      .nullable()
      .default(null),
    LOG_LEVEL: variable(LogLevel.options.join(", "), (text) => LogLevel.safeParse(text).data ?? null).prefault("info"),
  });
}

/** `parse` gives null for what is not allowed; `allowed` then says what is. */
function variable<T>(allowed: string, parse: (text: string) => T | null) {
  return z.string({ error: allowed }).transform((text, context) => {
    const value = parse(text);
    if (value !== null) return value;
    context.addIssue({ code: "custom", message: allowed });
    return z.NEVER;
  });
}

function asGiven(text: string): string {
  return text;
}

function parsePort(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}

function parseReserve(text: string): number | null {
  return /^\d{1,2}$/.test(text) && Number(text) <= 95 ? Number(text) : null;
}

function parsePostgresUrl(text: string): string | null {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? text : null;
}

function parseSwitch(text: string): boolean | null {
  if (text === "true") return true;
  return text === "false" ? false : null;
}

function parseSecret(text: string, leastLength: number): string | null {
  return text.length >= leastLength && !/\s/.test(text) ? text : null;
}

function parseClientSecrets(text: string): string[] | null {
  const secrets = text.split(",").map((secret) => parseSecret(secret.trim(), 16));
  return secrets.length <= 2 && secrets.every((secret) => secret !== null) ? secrets : null;
}
