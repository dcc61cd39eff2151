import { openPortal } from "../../compose.ts";
import { createLog } from "../../config/create-log.ts";
import { rulesFileOf } from "../../config/environment.ts";
import { loadDotenv } from "../../config/load-dotenv.ts";
import { portalEnvironmentOf, type PortalEnvironment } from "../../config/portal-environment.ts";
import { publicUrlOf } from "../../config/public-url-of.ts";
import { readAppFile } from "../../config/read-app-file.ts";
import { readRulesFile } from "../../config/read-rules-file.ts";
import { calculatedOf, readDefinitions } from "../../pipeline/read-definitions.ts";
import { mirroredTypes } from "../../pipeline/record-sources.ts";
import type { CalculatedProperties } from "../../pipeline/subscriptions.ts";
import { compileRuleset, type CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import { projectFiles } from "./project-files.ts";
import { writeProject } from "./write-project.ts";

/** Writes the app as a HubSpot developer project. Needs PUBLIC_URL and the rules; a token only where there is one. */
export async function runProject(folder: string, { force }: { force?: true }): Promise<void> {
  const env = loadDotenv();
  const publicUrl = publicUrlOf(env);
  const rules = compileRuleset((await readRulesFile(rulesFileOf(env))).ruleset);
  const app = await readAppFile();
  const portal = portalEnvironmentOf(env);
  const calculated = portal ? await readCalculated(portal, rules) : {};

  const written = await writeProject(folder, projectFiles({ app, publicUrl, rules, calculated }), {
    force: force === true,
  });
  for (const path of written) console.log(`Wrote ${path}`);
  if (written.length === 0) console.log(`${folder} has the project already, as the rules need it.`);
  if (!portal) {
    console.log(
      "The portal was not asked, because HUBSPOT_ACCESS_TOKEN is not set: properties that HubSpot calculates",
    );
    console.log("have subscriptions too, which is harmless. Run this again once the app has its token.");
  }
  if (!publicUrl.startsWith("https:")) {
    console.log(`HubSpot sends webhooks to https only: ${publicUrl} will do on this machine, and nowhere else.`);
  }
  if (written.length > 0) for (const line of nextSteps(folder)) console.log(line);
}

async function readCalculated(portal: PortalEnvironment, rules: CompiledRuleset): Promise<CalculatedProperties> {
  const log = createLog({ level: "warn", secrets: [portal.accessToken], destination: process.stderr });
  return calculatedOf(await readDefinitions(openPortal({ ...portal, log }), ["company", ...mirroredTypes(rules)]));
}

function nextSteps(folder: string): string[] {
  return [
    "",
    "Next, with HubSpot's own tool (npm install -g @hubspot/cli):",
    "  1. hs account auth              once, to let the tool into your account",
    `  2. cd ${folder} && hs project upload`,
    "  3. in HubSpot: Development > Projects > customer-health > the app: install it, and from its tab Auth copy the",
    "     access token to HUBSPOT_ACCESS_TOKEN and the client secret to HUBSPOT_CLIENT_SECRET",
    "  4. npm run health -- setup, npm start, npm run health -- doctor",
    "When the rules name other properties, run this again with --force, and upload.",
  ];
}
