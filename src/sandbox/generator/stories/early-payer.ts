import type { Story } from "../story.ts";
import { steady } from "./steady.ts";

/** Pays well before it is due; otherwise ordinary. */
export const earlyPayer: Story = {
  ...steady,
  name: "early payer",
  share: 10,
  paysAfterDueDays: () => [-14, -7],
};
