import type { AccountLimits } from "./account-limits.ts";
import { createRollingWindow } from "./rolling-window.ts";
import type { Policy } from "./too-many-calls.ts";

/** Which windows a call counts in: `general` in the app's ten seconds, `association` in those and its own. */
export type CountedKind = "general" | "association" | "search";
/** Free calls (control, token info) count nowhere. */
export type LimitKind = CountedKind | "free";

/** What one token has used since the start, or since it was forgotten. */
export type Usage = {
  /** Calls that counted. An association call is not in `general` here. */
  calls: Record<CountedKind, number>;
  /** 429s by their policy; those that a fault made up are not in it. */
  refusals: Record<Policy, number>;
  /** The most calls that counted within any ten seconds; association calls are in both. */
  busiestTenSeconds: { general: number; association: number };
};

/** Counts one app's calls the way HubSpot does, and gives the headers that go with each answer. */
export type Limits = {
  /** Counts the call; or does not, and names the limit that it would break. */
  take(kind: LimitKind): Policy | undefined;
  headers(kind: LimitKind): Record<string, string>;
  usage(): Usage;
  forgetUsage(): void;
};

const WINDOW_MS = 10_000;
const SECOND_MS = 1_000;

/**
 * A sliding window of ten seconds for all calls but searches, a narrower one for the associations among them, and the
 * account's limits. Refused calls do not count. `monotonicMs` is a clock of real time: the windows are HubSpot's,
 * whatever day the portal plays. https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export function createLimits(perTenSeconds: number, account: AccountLimits, monotonicMs: () => number): Limits {
  const general = createRollingWindow(WINDOW_MS, monotonicMs);
  const association = createRollingWindow(WINDOW_MS, monotonicMs);
  const secondly = createRollingWindow(SECOND_MS, monotonicMs);
  const perSecond = Math.ceil(perTenSeconds / 10);
  const associationsPerTenSeconds = associationLimit(perTenSeconds);
  let { calls, refusals } = nothingUsed();

  const findBroken = (kind: CountedKind): Policy | undefined => {
    const isFull =
      (kind !== "search" && general.count() >= perTenSeconds) ||
      (kind === "association" && association.count() >= associationsPerTenSeconds);
    return account.findBroken(kind) ?? (isFull ? "TEN_SECONDLY_ROLLING" : undefined);
  };
  return {
    take: (kind) => {
      if (kind === "free") return undefined;
      const broken = findBroken(kind);
      if (broken) {
        refusals[broken] += 1;
        return broken;
      }
      calls[kind] += 1;
      account.count(kind);
      if (kind !== "search") for (const window of [general, secondly]) window.add();
      if (kind === "association") association.add();
      return undefined;
    },
    headers: (kind) => {
      if (kind === "free") return {};
      const daily = {
        "x-hubspot-ratelimit-daily": String(account.dailyLimit),
        "x-hubspot-ratelimit-daily-remaining": String(Math.max(0, account.dailyLimit - account.usedToday)),
      };
      if (kind === "search") return daily;
      return {
        ...daily,
        "x-hubspot-ratelimit-interval-milliseconds": String(WINDOW_MS),
        "x-hubspot-ratelimit-max": String(perTenSeconds),
        "x-hubspot-ratelimit-remaining": String(Math.max(0, perTenSeconds - general.count())),
        "x-hubspot-ratelimit-secondly": String(perSecond),
        "x-hubspot-ratelimit-secondly-remaining": String(Math.max(0, perSecond - secondly.count())),
      };
    },
    usage: () => ({
      calls: { ...calls },
      refusals: { ...refusals },
      busiestTenSeconds: { general: general.greatest, association: association.greatest },
    }),
    forgetUsage: () => {
      ({ calls, refusals } = nothingUsed());
      for (const window of [general, association]) window.forgetGreatest();
    },
  };
}

/** HubSpot names the limits of three kinds of account; another general limit gets the share of the usual one. */
function associationLimit(perTenSeconds: number): number {
  const named: Record<number, number> = { 100: 100, 190: 150, 250: 200 };
  return named[perTenSeconds] ?? Math.round((perTenSeconds * 150) / 190);
}

function nothingUsed(): Pick<Usage, "calls" | "refusals"> {
  return {
    calls: { general: 0, association: 0, search: 0 },
    refusals: { DAILY: 0, TEN_SECONDLY_ROLLING: 0, SECONDLY: 0 },
  };
}
