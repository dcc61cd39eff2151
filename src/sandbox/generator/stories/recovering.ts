import { type Story, turning } from "../story.ts";
import { steady } from "./steady.ts";

/** Had nearly gone, was taken care of, and comes back. */
export const recovering: Story = {
  ...steady,
  name: "recovering",
  share: 2,
  turnsInDays: [-15, 15],
  loginsPerDay: (turned) => turning(turned, 0.6, 7, 30),
  keyFeatures: (turned) => turning(turned, 2, 8, 35),
  seatsActive: (turned) => turning(turned, 20, 85, 35),
  nps: (turned) => (turned > 0 ? [8, 9] : [5, 7]),
  sentiment: (turned) => (turned > 0 ? "NEUTRAL" : "AT_RISK"),
  contactedEveryDays: 8,
};
