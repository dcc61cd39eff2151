import {
  windowSpanMs,
  type CallBudget,
  type CallDay,
  type CallWindow,
  type Closing,
} from "../pipeline/call-budget-port.ts";
import type { Clock } from "./clock.ts";

type Turn = { number: number; freeAt: number };
type Kept = Closing & { endsAt: number };

/** The calls of the portal for this process alone, where there is no store to share them over. */
export function createLocalBudget({ clock }: { clock: Clock }): CallBudget {
  const turns: Record<CallWindow, Turn[]> = { general: [], association: [], search: [] };
  const closings = new Map<string, Kept>();
  const associationCalls = new Map<number, number>();
  let day: CallDay | null = null;

  const leftMs = ({ reason, until, endsAt }: Kept, now: Date) =>
    reason === "day" ? until.getTime() - now.getTime() : endsAt - clock.now();

  return {
    take(window, wanted, { limit, keepFree }) {
      const ours = turns[window];
      while (ours.length < limit) ours.push({ number: ours.length + 1, freeAt: -Infinity });
      const instant = clock.now();
      const busy = ours.filter(({ freeAt }) => freeAt > instant);
      const free = limit - busy.length;
      const given = Math.max(0, Math.min(wanted, free - keepFree));
      const taken = ours.filter(({ freeAt }) => freeAt <= instant).slice(0, given);
      for (const turn of taken) turn.freeAt = Infinity;
      const nextFreeAt = busy.map(({ freeAt }) => freeAt).sort((a, b) => a - b)[Math.max(0, keepFree - free + given)];
      const nextFreeInMs = nextFreeAt === undefined ? 0 : Math.ceil(nextFreeAt - instant);
      return Promise.resolve({ turns: taken.map(({ number }) => number), nextFreeInMs });
    },

    giveBack(window, numbers) {
      for (const number of numbers) {
        const turn = turns[window][number - 1];
        if (turn) turn.freeAt = clock.now() + windowSpanMs[window];
      }
      return Promise.resolve();
    },

    close(closing, now) {
      const key = `${closing.window} ${closing.reason}`;
      const kept = closings.get(key);
      const endsAt = clock.now() + closing.until.getTime() - now.getTime();
      const made = { ...closing, endsAt };
      if (kept === undefined || leftMs(kept, now) < leftMs(made, now)) closings.set(key, made);
      return Promise.resolve();
    },

    closing(window, now) {
      const left = [...closings.values()]
        .filter((kept) => kept.window === "all" || kept.window === window)
        .map((kept) => ({ kept, ms: leftMs(kept, now) }))
        .filter(({ ms }) => ms > 0)
        .sort((a, b) => b.ms - a.ms);
      const [longest] = left;
      if (longest === undefined) return Promise.resolve(null);
      const { window: shut, reason } = longest.kept;
      return Promise.resolve({ window: shut, reason, until: new Date(now.getTime() + Math.ceil(longest.ms)) });
    },

    learnDay(told) {
      if (day === null || day.at <= told.at) day = told;
      return Promise.resolve();
    },
    readDay: () => Promise.resolve(day),

    countAssociations(calls, resetsAt) {
      const count = (associationCalls.get(resetsAt.getTime()) ?? 0) + calls;
      associationCalls.set(resetsAt.getTime(), count);
      return Promise.resolve(count);
    },
  };
}
