import { checkPortal, checkTimeZone, checkUsage } from "./checks/check-account.ts";
import { checkClock } from "./checks/check-clock.ts";
import { checkDatabase } from "./checks/check-database.ts";
import { checkEnvironment, checkRuleFile } from "./checks/check-environment.ts";
import { checkNamedProperties, checkOwners } from "./checks/check-named.ts";
import { checkOurProperties } from "./checks/check-our-properties.ts";
import { checkService } from "./checks/check-service.ts";
import { checkScopes, checkToken } from "./checks/check-token.ts";
import { checkWebhook } from "./checks/check-webhook.ts";
import { troubled } from "./checks/troubled.ts";
import { isAway, type Asked, type ExaminedPortal } from "./examine-portal.ts";
import { skipped, type Finding } from "./finding.ts";
import type { Gathered, UsableRules } from "./gathered.ts";

/** Every check, in the order in which a person would mend things: one that fails keeps no other from being made. */
export function listFindings(gathered: Gathered): Finding[] {
  const { environment, rules, database, portal, hubspot, webhook, service } = gathered;
  return [
    checkEnvironment(environment),
    checkRuleFile(rules),
    checkDatabase(database),
    checkToken(portal),
    ...listPortalFindings(gathered),
    checkClock(hubspot),
    checkWebhook(webhook),
    checkService(service),
  ];
}

const portalChecks = ["scopes", "portal", "time zone", "limits", "our properties", "rules' properties", "owners"];

function listPortalFindings({ portal, rules, scopes, database, limitPer10s, dailyReserve }: Gathered): Finding[] {
  if (!portal?.rest) {
    return portalChecks.map((check) => skipped(check, whyUnasked(portal)));
  }
  const { account, usage, owners, definitions } = portal.rest;
  const usable = "problem" in rules ? null : rules;
  return [
    checkScopes(portal.token, scopes, usable?.rules ?? null),
    answered("portal", account, (answer) => checkPortal(answer, database)),
    ruled("time zone", usable, ({ rules: { ruleset } }) =>
      answered("time zone", account, (answer) => checkTimeZone(answer, ruleset.timezone)),
    ),
    answered("limits", usage, (answer) => checkUsage(answer, { limitPer10s, reserve: dailyReserve })),
    ruled("our properties", usable, ({ rules: { ruleset } }) =>
      answered("our properties", definitions, (read) => {
        const company = read.definitions.get("company");
        if (!company) return skipped("our properties", "the token may not read company properties; see scopes");
        return checkOurProperties(ruleset, company, read.definitions.get("task"));
      }),
    ),
    ruled("rules' properties", usable, (found) =>
      answered("rules' properties", definitions, (answer) => checkNamedProperties(found, answer)),
    ),
    ruled("owners", usable, (found) => answered("owners", owners, (answer) => checkOwners(found, answer))),
  ];
}

function whyUnasked(portal: ExaminedPortal | null): string {
  if (!portal) return "there is no token";
  return isAway(portal.token) ? "HubSpot does not answer" : "the token is refused";
}

function answered<Answer>(check: string, asked: Asked<Answer>, look: (answer: Answer) => Finding): Finding {
  return "trouble" in asked ? troubled(check, asked.trouble) : look(asked.answer);
}

function ruled(check: string, rules: UsableRules | null, look: (rules: UsableRules) => Finding): Finding {
  return rules === null ? skipped(check, "the rules cannot be used") : look(rules);
}
