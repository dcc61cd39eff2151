import { createLocalBudget } from "../../src/hubspot/create-local-budget.ts";
import { describeCallBudget } from "./call-budget-contract.ts";
import { createHandClock } from "./hand-clock.ts";

describeCallBudget("the budget of one process", () => {
  const clock = createHandClock();
  return Promise.resolve({ budget: createLocalBudget({ clock }), advance: (ms) => clock.advance(ms) });
});
