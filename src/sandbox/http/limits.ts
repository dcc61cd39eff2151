import { ApiError } from "../api/api-error.ts";

/** Which window a call counts in. Free calls (control, token info) count nowhere. */
export type LimitKind = "general" | "search" | "free";

/** Counts one app's calls the way HubSpot does, and gives the headers that go with each answer. */
export type Limits = {
  /** Counts the call, or throws HubSpot's 429. */
  take(kind: LimitKind): void;
  headers(kind: LimitKind): Record<string, string>;
  readonly usedToday: number;
};

export const DAILY_LIMIT = 625_000;
const WINDOW_MS = 10_000;
const SECOND_MS = 1_000;
const SEARCH_PER_SECOND = 5;

/**
 * A sliding window of ten seconds for all calls but searches, and one of a second for searches. Refused calls do not
 * count. `monotonicMs` is a clock of real time: the windows are HubSpot's, whatever day the portal plays.
 * https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export function createLimits(perTenSeconds: number, monotonicMs: () => number): Limits {
  const general = createWindow(WINDOW_MS, monotonicMs);
  const secondly = createWindow(SECOND_MS, monotonicMs);
  const search = createWindow(SECOND_MS, monotonicMs);
  const perSecond = Math.ceil(perTenSeconds / 10);
  let usedToday = 0;

  return {
    take: (kind) => {
      if (kind === "free") return;
      if (kind === "search" && search.count() >= SEARCH_PER_SECOND) throw tooMany("secondly", "SECONDLY");
      if (kind === "general" && general.count() >= perTenSeconds)
        throw tooMany("ten_secondly_rolling", "TEN_SECONDLY_ROLLING");
      if (kind === "search") search.add();
      else for (const window of [general, secondly]) window.add();
      usedToday += 1;
    },
    headers: (kind) => {
      if (kind === "free") return {};
      const daily = {
        "x-hubspot-ratelimit-daily": String(DAILY_LIMIT),
        "x-hubspot-ratelimit-daily-remaining": String(Math.max(0, DAILY_LIMIT - usedToday)),
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
    get usedToday() {
      return usedToday;
    },
  };
}

function tooMany(limitName: string, policyName: string): ApiError {
  return new ApiError(429, `You have reached your ${limitName} limit.`, {
    errorType: "RATE_LIMIT",
    policyName,
    category: "RATE_LIMITS",
  });
}

function createWindow(lengthMs: number, monotonicMs: () => number) {
  const times: number[] = [];
  const forget = () => {
    const oldest = monotonicMs() - lengthMs;
    const kept = times.findIndex((time) => time > oldest);
    times.splice(0, kept === -1 ? times.length : kept);
  };
  return {
    count: () => {
      forget();
      return times.length;
    },
    add: () => void times.push(monotonicMs()),
  };
}
