import { z } from "zod";
import { HubSpotForbidden, HubSpotRefused } from "../pipeline/hubspot-errors.ts";
import { propertiesPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { KEY_PROPERTY } from "./task-key.ts";

/** Whether tasks of this portal have the property for our key, live and not archived; asked once, until `forget`. */
export type KeyProperty = { exists(): Promise<boolean>; forget(): void };

const Answer = z.object({ archived: z.boolean().catch(false) });

export function createKeyProperty(client: Client): KeyProperty {
  let known: Promise<boolean> | null = null;
  return {
    exists() {
      const asking = known ?? ask(client);
      known = asking;
      asking.catch(() => {
        known = null;
      });
      return asking;
    },
    forget: () => {
      known = null;
    },
  };
}

/** Where the app may not look, the key goes into the body, which is always understood. */
async function ask(client: Client): Promise<boolean> {
  const call = `GET ${propertiesPath("tasks", KEY_PROPERTY)}`;
  try {
    const { archived } = await client.repeat(call, Answer, () => client.properties.getByName("tasks", KEY_PROPERTY));
    return !archived;
  } catch (error) {
    if (error instanceof HubSpotForbidden || (error instanceof HubSpotRefused && error.status === 404)) return false;
    throw error;
  }
}
