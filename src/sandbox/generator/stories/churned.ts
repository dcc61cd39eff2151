import { type Story, turning } from "../story.ts";
import { steady } from "./steady.ts";

/** Faded, complained and left: the past from which weights can be learned. */
export const churned: Story = {
  ...steady,
  name: "churned",
  share: 2,
  turnsInDays: [-120, -5],
  loginsPerDay: (turned) => turning(turned + 60, 6, 0.1, 50),
  keyFeatures: (turned) => turning(turned + 60, 7, 1, 50),
  seatsActive: (turned) => turning(turned + 60, 80, 8, 50),
  ticketsPerMonth: (turned) => (turned > -60 ? 1.5 : 0.4),
  kindness: (turned) => (turned > -60 ? 0.3 : 0.9),
  paysAfterDueDays: (turned) => (turned > -60 ? [5, 25] : [-4, 1]),
  nps: (turned) => (turned > -60 ? [1, 5] : [7, 9]),
  sentiment: (turned) => (turned > -30 ? "AT_RISK" : "NEUTRAL"),
  leaves: (turned) => (turned >= 0 ? 1 : 0),
};
