import type { CallBudget } from "../pipeline/call-budget-port.ts";

/** A budget, and `told`: it resolves when the budget knows of everything that it was told. */
export type ToldBudget = { budget: CallBudget; told: () => Promise<void> };

/** Nobody waits for what a budget is told, but who closes the store behind it must. */
export function createToldBudget(budget: CallBudget): ToldBudget {
  const telling = new Set<Promise<unknown>>();

  function keep<T>(told: Promise<T>): Promise<T> {
    telling.add(told);
    const forget = () => telling.delete(told);
    told.then(forget, forget);
    return told;
  }

  return {
    budget: {
      ...budget,
      giveBack: (window, turns) => keep(budget.giveBack(window, turns)),
      close: (closing, now) => keep(budget.close(closing, now)),
      learnDay: (day) => keep(budget.learnDay(day)),
      countAssociations: (calls, resetsAt) => keep(budget.countAssociations(calls, resetsAt)),
    },
    async told() {
      while (telling.size > 0) await Promise.allSettled(telling);
    },
  };
}
