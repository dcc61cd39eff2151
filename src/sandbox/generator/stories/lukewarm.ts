import type { Story } from "../story.ts";
import { steady } from "./steady.ts";

/** Half used, half content: neither in danger nor safe. */
export const lukewarm: Story = {
  ...steady,
  name: "lukewarm",
  share: 7,
  loginsPerDay: () => 0.12,
  keyFeatures: () => 2.8,
  seatsActive: () => 40,
  ticketsPerMonth: () => 0.7,
  urgentShare: 0.3,
  hoursToClose: [24, 200],
  kindness: () => 0.6,
  paysAfterDueDays: () => [2, 14],
  nps: () => [5, 7],
  sentiment: () => "NEUTRAL",
  contactedEveryDays: 60,
};
