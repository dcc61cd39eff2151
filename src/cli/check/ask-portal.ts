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
import type { HubSpotPort, PropertyDefinition, RecordType } from "../../pipeline/hubspot-port.ts";

/** `notes` tell in words what could not be asked. */
export type PortalAnswer = { problems: PortalProblem[]; notes: string[] };

/** Asks the portal about everything that a rule file names there. Throws the errors of the port. */
export async function askPortal({ uses, people }: RulesFile, environment: PortalEnvironment): Promise<PortalAnswer> {
  const { accessToken } = environment;
  const log = createLog({ level: "warn", secrets: [accessToken], destination: process.stderr });
  const portal = openPortal({ ...environment, log });
  const definitions = new Map<RecordType, readonly PropertyDefinition[]>();
  const notes: string[] = [];
  for (const type of new Set(uses.map(({ source }) => recordTypeOf(source)))) {
    const found = await unlessForbidden(() => portal.readPropertyDefinitions(type));
    if (found) definitions.set(type, found);
    else
      notes.push(
        `The token may not read the properties of the type ${type}: what the rules name of it is not checked.`,
      );
  }
  const named = people.length > 0 ? await readOwners(portal, people, notes) : undefined;
  return { problems: checkRulesAgainstPortal(uses, definitions, named), notes };
}

async function readOwners(
  portal: HubSpotPort,
  named: NamedOwners["named"],
  notes: string[],
): Promise<NamedOwners | undefined> {
  const owners = await unlessForbidden(() => portal.readOwners());
  if (owners) return { named, owners };
  notes.push("The token may not read the users of the portal: the addresses in the rules are not checked.");
  return undefined;
}

async function unlessForbidden<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HubSpotForbidden) return null;
    throw error;
  }
}
