import type { Story } from "../story.ts";
import { steady } from "./steady.ts";

/** Nobody logs in, nobody writes, nobody answers, and the invoices lie there. */
export const silent: Story = {
  ...steady,
  name: "silent",
  share: 3,
  turnsInDays: [-150, -40],
  loginsPerDay: (turned) => (turned > 0 ? 0 : 3),
  keyFeatures: (turned) => (turned > 20 ? 0 : 5),
  seatsActive: (turned) => (turned > 20 ? 0 : 60),
  ticketsPerMonth: (turned) => (turned > 0 ? 0 : 0.3),
  defaults: (turned) => (turned > 0 ? 0.6 : 0),
  sentiment: (turned) => (turned > 60 ? "AT_RISK" : "NEUTRAL"),
  contactedEveryDays: 120,
  leaves: (turned) => (turned > 150 ? 1 / 120 : 0),
};
