import { type Story, turning } from "../story.ts";
import { steady } from "./steady.ts";

/** Writes ticket upon ticket, many of them urgent, and waits long for answers. */
export const angryWriter: Story = {
  ...steady,
  name: "angry ticket writer",
  share: 4,
  turnsInDays: [-90, -35],
  loginsPerDay: (turned) => turning(turned, 4, 0.06, 25),
  keyFeatures: (turned) => turning(turned, 6, 0.6, 25),
  seatsActive: (turned) => turning(turned, 70, 12, 25),
  ticketsPerMonth: (turned) => (turned > 0 ? 5 : 0.5),
  urgentShare: 0.6,
  hoursToClose: [60, 400],
  kindness: (turned) => (turned > 0 ? 0.1 : 0.8),
  paysAfterDueDays: (turned) => (turned > 0 ? [15, 40] : [-2, 4]),
  nps: (turned) => (turned > 0 ? [0, 4] : [7, 9]),
  sentiment: (turned) => (turned > 0 ? "AT_RISK" : "HEALTHY"),
};
