import { DateTime } from "luxon";
import type { CallBudget } from "../pipeline/call-budget-port.ts";
import type { Clock } from "./clock.ts";
import type { Door } from "./create-door.ts";

/** The calls of the day: what HubSpot tells of them, and when no more are sent. */
export type Day = {
  /** What an answer told, or HubSpot's count of the day. */
  learn(told: { limit: number; remaining: number }): void;
  /** The portal's time zone: at its midnight the day ends. UTC's until it is known. */
  learnZone(zone: string): void;
  /** HubSpot says that the day is spent. */
  end(): void;
  countAssociation(): void;
};

type DaySettings = {
  budget: CallBudget;
  door: Door;
  clock: Clock;
  now: () => Date;
  /** Percent of the day's limit that is left to the portal's other apps. */
  reserve: number;
  /** As many calls as may be under way at once, in all processes: their answers are still to be told. */
  mostUnderWay: () => number;
  onLost: (error: unknown) => void;
};

/** https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines; no answer tells what is left of it. */
const ASSOCIATIONS_A_DAY = 500_000;
const TELL_EVERY_MS = 1_000;
const MINUTE_MS = 60_000;
const UNKNOWN_ZONE_MS = 15 * MINUTE_MS;
/** HubSpot's midnight may come so much later than ours; what it then tells is of the day before. */
const CLOCK_SKEW_MS = 5 * MINUTE_MS;

export function createDay({ budget, door, clock, now, reserve, mostUnderWay, onLost }: DaySettings): Day {
  let zone: string | null = null;
  let toldAt = -Infinity;
  let associations = 0;
  let associationsToldAt = -Infinity;

  const startOfDay = () => DateTime.fromJSDate(now(), { zone: zone ?? "utc" }).startOf("day");
  const resetsAt = () => startOfDay().plus({ days: 1 }).startOf("day").toJSDate();

  function closesUntil(): Date {
    if (zone === null) return new Date(now().getTime() + UNKNOWN_ZONE_MS);
    const sinceMidnight = now().getTime() - startOfDay().toMillis();
    return sinceMidnight < CLOCK_SKEW_MS ? new Date(now().getTime() + MINUTE_MS) : resetsAt();
  }

  /** What is under way may still eat of what is left, so the day ends that much sooner: 1 % of it at the most. */
  function keptOf(limit: number): number {
    return reserve === 0 ? 0 : Math.ceil((limit * reserve) / 100) + Math.min(mostUnderWay(), Math.ceil(limit / 100));
  }

  async function tellAssociations(): Promise<void> {
    const calls = associations;
    associations = 0;
    associationsToldAt = clock.now();
    const count = await budget.countAssociations(calls, resetsAt()).catch((error: unknown) => {
      associations += calls;
      throw error;
    });
    if (count >= ASSOCIATIONS_A_DAY - keptOf(ASSOCIATIONS_A_DAY)) {
      door.close({ window: "association", reason: "day", until: closesUntil() });
    }
  }

  return {
    learn({ limit, remaining }) {
      const isSpent = remaining <= keptOf(limit);
      if (isSpent) door.close({ window: "all", reason: "day", until: closesUntil() });
      if (!isSpent && clock.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = clock.now();
      budget.learnDay({ limit, remaining, resetsAt: resetsAt(), at: now() }).catch(onLost);
    },
    learnZone(learnt) {
      zone = learnt;
    },
    end: () => door.close({ window: "all", reason: "day", until: closesUntil() }),
    countAssociation() {
      associations += 1;
      if (clock.now() - associationsToldAt >= TELL_EVERY_MS) tellAssociations().catch(onLost);
    },
  };
}
