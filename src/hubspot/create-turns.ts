import type { CallBudget, CallWindow } from "../pipeline/call-budget-port.ts";
import type { Priority } from "../pipeline/store-port.ts";
import type { Clock } from "./clock.ts";

/** The turns of one window; who asks when there is none waits, the urgent first, then first come first served. */
export type Turns = {
  take(priority: Priority): Promise<number>;
  giveBack(turn: number): void;
  setLimit(limit: number): void;
};

type Waiting = { priority: Priority; give: (turn: number) => void; fail: (error: unknown) => void };
type TurnsSettings = {
  budget: CallBudget;
  window: CallWindow;
  limit: number;
  clock: Clock;
  /** Told what the budget could not do; the turns concerned are free again when the longest call would be over. */
  onLost: (error: unknown) => void;
};

/** What the sweep leaves free, so that a webhook's call waits for nobody. */
const SHARE_KEPT_FREE = 0.04;
const MOST_AT_ONCE = 20;
/** Turns that come free one after the other are gathered for so long: fewer, larger statements. */
const GATHER_MS = 40;
/** How long one relies on what was said of the next free turn: another process may give one back sooner. */
const LONGEST_WAIT_MS: Record<CallWindow, number> = { general: 1_000, association: 1_000, search: 100 };

export function createTurns({ budget, window, clock, onLost, ...settings }: TurnsSettings): Turns {
  let limit = settings.limit;
  const waiting: Waiting[] = [];
  const givenBack: number[] = [];
  let isServing = false;
  let isGivingBack = false;
  let wake: () => void = () => undefined;

  const countOf = (priority: Priority) => waiting.filter((one) => one.priority === priority).length;

  async function takeSome(): Promise<number> {
    const urgent = countOf("webhook");
    const wanted = Math.min(urgent || waiting.length, MOST_AT_ONCE);
    const keepFree = urgent > 0 ? 0 : Math.floor(limit * SHARE_KEPT_FREE);
    const { turns, nextFreeInMs } = await budget.take(window, wanted, { limit, keepFree });
    for (const turn of turns) nextInLine()?.give(turn);
    return turns.length < wanted ? nextFreeInMs : 0;
  }

  function nextInLine(): Waiting | undefined {
    const urgent = waiting.findIndex(({ priority }) => priority === "webhook");
    return waiting.splice(Math.max(0, urgent), 1)[0];
  }

  async function serve(): Promise<void> {
    if (isServing) return;
    isServing = true;
    try {
      while (waiting.length > 0) {
        const woken = new Promise<void>((resolve) => (wake = resolve));
        const waitMs = await takeSome();
        if (waitMs > 0 && waiting.length > 0) await Promise.race([woken, clock.sleep(boundWait(waitMs))]);
      }
    } catch (error) {
      for (const { fail } of waiting.splice(0)) fail(error);
    } finally {
      isServing = false;
    }
  }

  const boundWait = (ms: number) => Math.min(Math.max(ms, GATHER_MS), LONGEST_WAIT_MS[window]);

  /** What is given back meanwhile goes along in the next statement. */
  async function giveAllBack(): Promise<void> {
    if (isGivingBack) return;
    isGivingBack = true;
    try {
      while (givenBack.length > 0) await budget.giveBack(window, givenBack.splice(0));
    } catch (error) {
      onLost(error);
    } finally {
      isGivingBack = false;
    }
  }

  return {
    take: (priority) =>
      new Promise((give, fail) => {
        waiting.push({ priority, give, fail });
        if (priority === "webhook") wake();
        void serve();
      }),
    giveBack(turn) {
      givenBack.push(turn);
      void giveAllBack();
    },
    setLimit(newLimit) {
      if (newLimit === limit) return;
      limit = newLimit;
      wake();
    },
  };
}
