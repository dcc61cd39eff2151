import type { Account, DailyUsage } from "../../hubspot-port.ts";
import { failed, warning, skipped, ok, type Finding } from "../finding.ts";
import { isSameZone } from "../../is-same-zone.ts";
import type { DatabaseState } from "../gathered.ts";

/** Whether the token's portal is the one that the store belongs to, for ever. */
export function checkPortal(account: Account, database: DatabaseState | null): Finding {
  const { portalId } = account;
  if (database === null || "problem" in database) {
    return skipped("portal", `the token is of portal ${portalId}; whose the database is cannot be seen`);
  }
  if (database.portalId === null) return ok("portal", `${portalId}; the database is nobody's yet and will be its own`);
  if (database.portalId === portalId) return ok("portal", `${portalId}, as the database`);
  return failed(
    "portal",
    `the token is of portal ${portalId}, but the database belongs to portal ${database.portalId}`,
    {
      remedy: "use the token of that portal, or another DATA_DIR or DATABASE_URL for this one",
    },
  );
}

/** Days begin and end by the rules' zone; people in HubSpot see the portal's. */
export function checkTimeZone({ timeZone }: Account, rulesZone: string): Finding {
  if (isSameZone(timeZone, rulesZone)) return ok("time zone", `${rulesZone} in the rules and in the portal`);
  return warning("time zone", `${rulesZone} in the rules, ${timeZone} in the portal: days end at other times`, {
    remedy: `set \`timezone: ${timeZone}\` in the rule file, unless your customers live in the other zone`,
  });
}

/** `reserve`: the percent of the day's calls that are left to other apps. */
export function checkUsage(
  { limit, used, resetsAt }: DailyUsage,
  { limitPer10s, reserve }: { limitPer10s: number | null; reserve: number },
): Finding {
  const left = Math.max(0, limit - used);
  const kept = Math.ceil((limit * reserve) / 100);
  const count = (calls: number) => calls.toLocaleString("en");
  const burst = limitPer10s === null ? "" : `${limitPer10s} calls in ten seconds; `;
  const words =
    `${burst}${count(used)} of the day's ${count(limit)} are used, ${count(left)} are left ` +
    `(${count(kept)} of them for other apps); the day ends at ${resetsAt.toISOString()}`;
  if (left > kept) return ok("limits", words);
  return warning("limits", words, {
    remedy: "until then nothing is read or written: see which app calls so much, or lower HUBSPOT_DAILY_RESERVE",
  });
}
