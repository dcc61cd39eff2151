import type { Story } from "../story.ts";
import { steady } from "./steady.ts";

/** Uses the product but pays only after reminders. */
export const latePayer: Story = {
  ...steady,
  name: "late payer",
  share: 8,
  keyFeatures: () => 3.5,
  seatsActive: () => 45,
  paysAfterDueDays: () => [18, 50],
  nps: () => [5, 7],
  sentiment: () => "NEUTRAL",
};
