import { z } from "zod";
import type { DailyUsage } from "../pipeline/hubspot-port.ts";
import { usagePath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";

const Row = z.object({ usageLimit: z.int(), currentUsage: z.int(), resetsAt: z.coerce.date() });
const Answer = z.object({ results: z.array(Row) }).transform(({ results: [row] }, context): DailyUsage => {
  if (row) return { limit: row.usageLimit, used: row.currentUsage, resetsAt: row.resetsAt };
  context.addIssue("no count of the day's calls");
  return z.NEVER;
});

/** HubSpot counts with a delay of minutes. */
export function readUsage(client: Client): Promise<DailyUsage> {
  return client.repeat(`GET ${usagePath}`, Answer, () => client.get(usagePath));
}
