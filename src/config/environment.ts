import { EnvironmentProblems } from "./environment-problems.ts";
import { DEFAULT_RULES_FILE, describeVariables, SECRET_VARIABLES, type LogLevel } from "./environment-variables.ts";

/** What the operator decides from outside, ready to use. */
export type Environment = {
  port: number;
  host: string;
  /** As HubSpot reaches this service, with no slash at its end: webhooks are signed over this and the path. */
  publicUrl: string;
  dataDir: string;
  /** Null: the service runs a Postgres of its own in `dataDir`. */
  databaseUrl: string | null;
  hubspotAccessToken: string;
  /** Two while the secret is being changed: a webhook signed with either is let in. */
  hubspotClientSecrets: readonly string[];
  hubspotBaseUrl: string;
  /** Percent of the calls of the day that are left to the portal's other apps. */
  hubspotDailyReserve: number;
  hubspotAllowV1Signature: boolean;
  rulesFile: string;
  sweepCron: string;
  /** Null: the pages that ask for it do not exist. */
  adminToken: string | null;
  logLevel: LogLevel;
};

/**
 * The environment by this product's names; what it does not know, it leaves alone. Spaces around a value do not count,
 * and an empty value is one that is not set. `isCron` is the scheduler's, because only that knows what it can run.
 * Throws `EnvironmentProblems` with every problem at once.
 */
export function parseEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  isCron: (text: string) => boolean,
): Environment {
  const given: Record<string, string> = {};
  for (const [name, text] of Object.entries(env)) {
    if (text?.trim()) given[name] = text.trim();
  }
  const { data, error } = describeVariables(isCron).safeParse(given);
  if (error !== undefined) {
    const problems = error.issues.map(({ path: [name], message }) => {
      const variable = String(name);
      return { variable, found: describeFound(variable, given[variable]), allowed: message };
    });
    throw new EnvironmentProblems(problems);
  }
  return {
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    hubspotAccessToken: data.HUBSPOT_ACCESS_TOKEN,
    hubspotClientSecrets: data.HUBSPOT_CLIENT_SECRET,
    hubspotBaseUrl: data.HUBSPOT_BASE_URL,
    hubspotDailyReserve: data.HUBSPOT_DAILY_RESERVE,
    hubspotAllowV1Signature: data.HUBSPOT_ALLOW_V1_SIGNATURE,
    rulesFile: data.RULES_FILE,
    sweepCron: data.SWEEP_CRON,
    adminToken: data.ADMIN_TOKEN,
    logLevel: data.LOG_LEVEL,
  };
}

/** The rule file alone, for what needs nothing else of the environment. */
export function rulesFileOf(env: Readonly<Record<string, string | undefined>>): string {
  return env.RULES_FILE?.trim() || DEFAULT_RULES_FILE;
}

/** The values that no log line may show: what `createLog` strikes out. */
export function listSecrets(environment: Environment): string[] {
  const { hubspotAccessToken, hubspotClientSecrets, adminToken, databaseUrl } = environment;
  const secrets = [hubspotAccessToken, ...hubspotClientSecrets];
  if (adminToken !== null) secrets.push(adminToken);
  if (databaseUrl !== null) {
    const { password } = new URL(databaseUrl);
    secrets.push(databaseUrl);
    // With the marks around it: a password such as "postgres" alone would strike out ordinary words.
    if (password !== "") secrets.push(`:${password}@`);
  }
  return secrets;
}

function describeFound(variable: string, text: string | undefined): string {
  if (text === undefined) return "nothing";
  return SECRET_VARIABLES.has(variable) ? `a value of ${text.length} characters` : JSON.stringify(text);
}
