import { type Story, turning } from "../story.ts";
import { steady } from "./steady.ts";

/** Signed weeks ago: few features yet, more questions than others, good spirits. */
export const onboarding: Story = {
  ...steady,
  name: "new in onboarding",
  share: 5,
  tenureDays: [8, 80],
  turnsInDays: [-40, -10],
  renewsInDays: [290, 355],
  loginsPerDay: (turned) => turning(turned, 3, 6, 60),
  keyFeatures: (turned) => turning(turned, 3, 7, 90),
  seatsActive: (turned) => turning(turned, 35, 80, 90),
  ticketsPerMonth: (turned) => turning(turned, 1.2, 0.4, 60),
  contactedEveryDays: 7,
};
