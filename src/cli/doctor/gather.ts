import { isCron, openPortal } from "../../compose.ts";
import { inspectDatabase } from "../../compose/inspect-database.ts";
import { reachHubSpot, reachService } from "../../compose/reach-service.ts";
import { createLog } from "../../config/create-log.ts";
import { listSecrets, parseEnvironment, rulesFileOf, type Environment } from "../../config/environment.ts";
import { EnvironmentProblems } from "../../config/environment-problems.ts";
import { portalEnvironmentOf } from "../../config/portal-environment.ts";
import { readAppFile } from "../../config/read-app-file.ts";
import { readRulesFile, RulesFileUnreadable } from "../../config/read-rules-file.ts";
import { RuleProblems } from "../../config/rules/rule-problems.ts";
import { recordTypeOf } from "../../pipeline/check-rules.ts";
import { examinePortal } from "../../pipeline/doctor/examine-portal.ts";
import type { ExaminedRules, Gathered } from "../../pipeline/doctor/gathered.ts";
import type { RecordType } from "../../pipeline/hubspot-port.ts";
import { compileRuleset } from "../../scoring/compiled-ruleset.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads everything that the doctor's checks look at, as far as it can be read: where the environment is bad, the rule
 * file and the portal are looked at all the same.
 */
export async function gather(env: Variables): Promise<Gathered> {
  const { environment, problem } = tryEnvironment(env);
  const log = createLog({
    level: "fatal", // What goes wrong here, a check tells.
    secrets: environment ? listSecrets(environment) : [],
    destination: process.stderr,
  });
  const { scopes, webhookPath } = await readAppFile();
  const rules = await examineRules(rulesFileOf(env));
  const portal = portalOf(env);
  let limitPer10s: number | null = null;
  const [database, examined, hubspot, service] = await Promise.all([
    environment && inspectDatabase(environment, log),
    portal &&
      examinePortal(
        openPortal({
          ...portal,
          log,
          dailyReserve: 0, // A dozen calls, by which a person sees what became of the others.
          countCall: (_window, _status, limit) => (limitPer10s = limit ?? limitPer10s),
        }),
        typesOf(rules),
      ),
    portal && reachHubSpot(portal.baseUrl),
    environment && reachService(environment, webhookPath),
  ]);
  return {
    environment: problem,
    rules,
    database,
    scopes,
    limitPer10s,
    dailyReserve: environment?.hubspotDailyReserve ?? 0,
    portal: examined,
    hubspot,
    webhook: service?.webhook ?? null,
    service: service?.service ?? null,
  };
}

function tryEnvironment(env: Variables): { environment: Environment | null; problem: string | null } {
  try {
    return { environment: parseEnvironment(env, isCron), problem: null };
  } catch (error) {
    if (error instanceof EnvironmentProblems) return { environment: null, problem: error.message };
    throw error;
  }
}

function portalOf(env: Variables): ReturnType<typeof portalEnvironmentOf> {
  try {
    return portalEnvironmentOf(env);
  } catch (error) {
    if (error instanceof EnvironmentProblems) return null;
    throw error;
  }
}

async function examineRules(file: string): Promise<ExaminedRules> {
  try {
    const { ruleset, uses, people } = await readRulesFile(file);
    return { file, rules: compileRuleset(ruleset), uses, people };
  } catch (error) {
    if (error instanceof RuleProblems || error instanceof RulesFileUnreadable) return { problem: error.message };
    throw error;
  }
}

/** Some properties of companies are ours, and one of tasks. */
function typesOf(rules: ExaminedRules): RecordType[] {
  if ("problem" in rules) return ["company"];
  const named = rules.uses.map(({ source }) => recordTypeOf(source));
  return ["company", ...named, ...(rules.rules.plays.length > 0 ? (["task"] as const) : [])];
}
