import { z } from "zod";
import { HubSpotForbidden, HubSpotRefused } from "../pipeline/hubspot-errors.ts";
import { TASK_KEY_PROPERTY } from "../pipeline/hubspot-port.ts";
import { propertiesPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";

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
  const call = `GET ${propertiesPath("tasks", TASK_KEY_PROPERTY)}`;
  try {
    const { archived } = await client.repeat(call, Answer, () =>
      client.properties.getByName("tasks", TASK_KEY_PROPERTY),
    );
    return !archived;
  } catch (error) {
    if (error instanceof HubSpotForbidden || isMissing(error)) return false;
    throw error;
  }
}

/** HubSpot's own page bears a correlation id; one of something in between says nothing of the property. */
function isMissing(error: unknown): boolean {
  return error instanceof HubSpotRefused && error.status === 404 && error.correlationId !== null;
}
