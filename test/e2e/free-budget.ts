import { systemClock } from "../../src/hubspot/clock.ts";
import { createLocalBudget } from "../../src/hubspot/create-local-budget.ts";
import type { CallBudget } from "../../src/pipeline/call-budget-port.ts";

/** A budget of as many calls as one likes, for tests that are not about limits; closings and days count as ever. */
export function createFreeBudget(): CallBudget {
  return {
    ...createLocalBudget({ clock: systemClock }),
    take: (_window, wanted) => Promise.resolve({ turns: Array.from({ length: wanted }, () => 1), nextFreeInMs: 0 }),
    giveBack: () => Promise.resolve(),
  };
}
