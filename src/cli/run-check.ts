import { rulesFileOf } from "../config/environment.ts";
import { loadDotenv } from "../config/load-dotenv.ts";
import { portalEnvironmentOf, type PortalEnvironment } from "../config/portal-environment.ts";
import { readRulesFile, type RulesFile } from "../config/read-rules-file.ts";
import { RuleProblems } from "../config/rules/rule-problems.ts";
import { HubSpotError } from "../pipeline/hubspot-errors.ts";
import { printShares } from "./check/print-shares.ts";
import { runCaseFile } from "./check/run-cases.ts";

export type CheckOptions = { rules?: string; offline?: true };

/**
 * Checks a rule file, by itself and against the portal where there is a token, and prints what each rule's share of its
 * score is. Throws with every problem in the file. A portal that cannot be asked makes it exit with 1, but the rest is
 * told all the same.
 */
export async function runCheck({ rules, offline }: CheckOptions): Promise<void> {
  const env = loadDotenv();
  const file = rules ?? rulesFileOf(env);
  const rulesFile = await readRulesFile(file, rules === undefined ? "setting" : "argument");
  const portal = offline ? null : portalEnvironmentOf(env);
  const asked = portal ? await checkPortal(file, rulesFile, portal) : null;

  const { scores, signals, plays } = rulesFile.ruleset;
  for (const score of scores) printShares(score);
  const casesHold = (await runCaseFile(file, rulesFile.ruleset)) !== false;
  for (const note of asked?.notes ?? []) console.log(note);
  if (asked?.trouble) {
    console.error(`The portal could not be asked: ${asked.trouble}`);
    console.error("Whether it has these properties and users is not checked; --offline leaves the portal out.");
  }
  if (!casesHold || asked?.trouble) process.exitCode = 1;
  if (!portal) {
    const why = offline ? "as --offline says" : "because HUBSPOT_ACCESS_TOKEN is not set";
    console.log(`The portal was not asked, ${why}: whether it has these properties and users is not checked.`);
  }
  const counts = `${signals.length} signals, ${scores.length} scores, ${plays.length} plays`;
  const found = casesHold ? "no problem found" : "the rules can be used, but an example customer came out otherwise";
  console.log(`${file}: ${found} (${counts}${asked && !asked.trouble ? "; checked against the portal" : ""})`);
}

/** `trouble`: why the portal could not be asked. */
async function checkPortal(
  file: string,
  rulesFile: RulesFile,
  portal: PortalEnvironment,
): Promise<{ notes: string[]; trouble?: string }> {
  const { askPortal } = await import("./check/ask-portal.ts");
  try {
    const { problems, notes } = await askPortal(rulesFile, portal);
    if (problems.length > 0) throw new RuleProblems(file, problems, rulesFile.text);
    return { notes };
  } catch (error) {
    if (!(error instanceof HubSpotError)) throw error;
    return { notes: [], trouble: error.message };
  }
}
