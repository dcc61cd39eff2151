import { failed, warning, skipped, ok, type Finding } from "../finding.ts";
import type { Gathered } from "../gathered.ts";
import { sayFault } from "../reached.ts";

/** Webhooks older or younger than 5 minutes are refused, and HubSpot may take most of that to deliver. */
const MOST_SKEW_MS = 60_000;
const LITTLE_SKEW_MS = 5_000;
const SECOND_MS = 1_000;

/** Our clock beside HubSpot's, which tells whole seconds. */
export function checkClock(hubspot: Gathered["hubspot"]): Finding {
  if (!hubspot) return skipped("clock", "the environment does not tell HubSpot's address");
  const { reached, at } = hubspot;
  if ("fault" in reached) {
    return failed("clock", `HubSpot cannot be reached: ${sayFault(reached.fault)}`, {
      remedy: "let this machine call HUBSPOT_BASE_URL (https, port 443)",
    });
  }
  if (!reached.date) return skipped("clock", "HubSpot's answer tells no time");
  const skewMs = at.getTime() - reached.date.getTime();
  const seconds = Math.round(Math.abs(skewMs) / SECOND_MS);
  if (Math.abs(skewMs) <= LITTLE_SKEW_MS) return ok("clock", "as HubSpot's, to a few seconds");
  const words = `this machine's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} HubSpot's`;
  const remedy = "let the machine keep its time by NTP: webhooks whose time is 5 minutes off are refused";
  return Math.abs(skewMs) > MOST_SKEW_MS ? failed("clock", words, { remedy }) : warning("clock", words, { remedy });
}
