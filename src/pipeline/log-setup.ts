import type { Log } from "./log.ts";
import type { SetupOutcome } from "./setup.ts";

/** Tells what was made in the portal, and, as errors, what a person must mend there. */
export function logSetup(log: Log, { created, extended, drifted }: SetupOutcome): void {
  if (created.length > 0) log.info({ created }, "company properties made");
  for (const { name, options } of extended) log.info({ name, options }, "options added to a property of ours");
  for (const drift of drifted) log.error(drift, "a property of ours is not as it must be; HubSpot will refuse values");
}
