import { openPortal } from "../../compose.ts";
import { createLog } from "../../config/create-log.ts";
import type { PortalEnvironment } from "../../config/portal-environment.ts";
import type { RulesFile } from "../../config/read-rules-file.ts";
import {
  checkRulesAgainstPortal,
  recordTypeOf,
  type NamedOwners,
  type PortalProblem,
} from "../../pipeline/check-rules.ts";
import { HubSpotForbidden } from "../../pipeline/hubspot-errors.ts";
import type { HubSpotPort, PropertyDefinition } from "../../pipeline/hubspot-port.ts";
import { isSameZone } from "../../pipeline/is-same-zone.ts";
import { mirroredProperties } from "../../pipeline/mirrored-properties.ts";
import { calculatedOf, readDefinitions } from "../../pipeline/read-definitions.ts";
import { customerFilters } from "../../pipeline/sync/customer-filters.ts";
import { compileRuleset, type CompiledRuleset } from "../../scoring/compiled-ruleset.ts";

/** `notes` tell in words what could not be asked, and what is as well to know. */
export type PortalAnswer = { problems: PortalProblem[]; notes: string[] };

/** Asks the portal about everything that a rule file names there. Throws the errors of the port. */
export async function askPortal(
  { ruleset, uses, people }: RulesFile,
  environment: PortalEnvironment,
): Promise<PortalAnswer> {
  const { accessToken } = environment;
  const log = createLog({ level: "warn", secrets: [accessToken], destination: process.stderr });
  const portal = openPortal({ ...environment, log });
  const { timeZone } = await portal.readAccount();
  const read = await readDefinitions(
    portal,
    uses.map(({ source }) => recordTypeOf(source)),
  );
  const notes = read.forbidden.map(
    (type) => `The token may not read the properties of the type ${type}: what the rules name of it is not checked.`,
  );
  const rules = compileRuleset(ruleset);
  const calculated = calculatedOf(read)["company"] ?? [];
  const rollUps = mirroredProperties(rules, "company").filter((name) => calculated.includes(name));
  if (rollUps.length > 0) notes.push(await sayCost(portal, rules, rollUps, read.definitions.get("company") ?? []));
  if (!isSameZone(timeZone, ruleset.timezone)) {
    notes.push(`The rules' time zone is ${ruleset.timezone}, the portal's ${timeZone}: days end at other times.`);
  }
  const named = people.length > 0 ? await readOwners(portal, people, notes) : undefined;
  return { problems: checkRulesAgainstPortal(uses, read.definitions, named), notes };
}

const PER_CALL = 100;

/** HubSpot tells of no change in what it works out itself, so that it is read anew for every customer. */
async function sayCost(
  portal: HubSpotPort,
  rules: CompiledRuleset,
  rollUps: readonly string[],
  company: readonly PropertyDefinition[],
): Promise<string> {
  const namesOf = (of: (definition: PropertyDefinition) => boolean) =>
    new Set(company.filter(of).map(({ name }) => name));
  const filters = customerFilters(rules, {
    numbers: namesOf(({ type }) => type === "number"),
    calculated: namesOf(({ calculated }) => calculated),
  });
  const count = await portal.countRecords("company", filters ?? []);
  const calls = count === null ? "" : `, ${Math.ceil(count.total / PER_CALL)} now`;
  return (
    `HubSpot calculates ${rollUps.join(", ")} and does not tell of changes: each night they are read for every ` +
    `customer, one call for ${PER_CALL}${calls}.`
  );
}

async function readOwners(
  portal: HubSpotPort,
  named: NamedOwners["named"],
  notes: string[],
): Promise<NamedOwners | undefined> {
  try {
    return { named, owners: await portal.readOwners() };
  } catch (error) {
    if (!(error instanceof HubSpotForbidden)) throw error;
    notes.push("The token may not read the users of the portal: the addresses in the rules are not checked.");
    return undefined;
  }
}
