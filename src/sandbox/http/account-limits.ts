import { nextMidnight } from "../api/account.ts";
import { createRollingWindow } from "./rolling-window.ts";
import type { CountedKind } from "./limits.ts";
import type { Policy } from "./too-many-calls.ts";

/** The account's other apps, which share its searches and its day with ours. */
export type OtherApps = {
  /** From now on they make this many of the account's five searches within any second; 0 to 5. */
  searchesPerSecond: (count: number) => void;
  /** They make so many calls at once, of the account's day only. */
  useDaily: (count: number) => void;
};

/** What all apps and people of one account share. */
export type AccountLimits = {
  readonly dailyLimit: number;
  /** Calls since the account's midnight, the other apps' too. */
  readonly usedToday: number;
  /** The limit that such a call would break now. */
  findBroken(kind: CountedKind): Policy | undefined;
  count(kind: CountedKind): void;
  otherApps: OtherApps;
};

export type AccountLimitsOptions = {
  dailyLimit: number;
  dailyAssociationLimit: number;
  /** The portal's clock, in milliseconds: its day ends at midnight of the account's time zone. */
  now: () => number;
  monotonicMs: () => number;
};

const SEARCHES_PER_SECOND = 5;

/**
 * Five searches within any second, and a number of calls a day, of which the associations API has an allowance of its
 * own. https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export function createAccountLimits(options: AccountLimitsOptions): AccountLimits {
  const { dailyLimit, dailyAssociationLimit, now, monotonicMs } = options;
  const searches = createRollingWindow(1_000, monotonicMs);
  let otherSearches = 0;
  let day = { endsAt: nextMidnight(now()), calls: 0, associationCalls: 0 };
  const today = () => {
    if (now() >= day.endsAt) day = { endsAt: nextMidnight(now()), calls: 0, associationCalls: 0 };
    return day;
  };
  return {
    dailyLimit,
    get usedToday() {
      return today().calls;
    },
    findBroken: (kind) => {
      if (today().calls >= dailyLimit) return "DAILY";
      if (kind === "association" && today().associationCalls >= dailyAssociationLimit) return "DAILY";
      if (kind === "search" && searches.count() >= SEARCHES_PER_SECOND - otherSearches) return "SECONDLY";
      return undefined;
    },
    count: (kind) => {
      today().calls += 1;
      if (kind === "association") today().associationCalls += 1;
      if (kind === "search") searches.add();
    },
    otherApps: {
      searchesPerSecond: (count) => {
        if (!(count >= 0 && count <= SEARCHES_PER_SECOND))
          throw new RangeError(`searchesPerSecond: ${count} is not between 0 and ${SEARCHES_PER_SECOND}`);
        otherSearches = count;
      },
      useDaily: (count) => {
        today().calls += count;
      },
    },
  };
}
