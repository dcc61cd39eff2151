import { type Story, turning } from "../story.ts";
import { steady } from "./steady.ts";

/** Fewer sessions every week since its turning point, answers that cool, and after a few months it may leave. */
export const fading: Story = {
  ...steady,
  name: "fading use",
  share: 6,
  turnsInDays: [-120, -60],
  loginsPerDay: (turned) => turning(turned, 6, 0.01, 30),
  keyFeatures: (turned) => turning(turned, 7, 0, 40),
  seatsActive: (turned) => turning(turned, 80, 5, 40),
  paysAfterDueDays: (turned) => (turned > 0 ? [8, 30] : [-4, 1]),
  defaults: (turned) => (turned > 30 ? 0.6 : 0),
  nps: (turned) => (turned > 15 ? [2, 6] : [8, 9]),
  sentiment: (turned) => (turned > 30 ? "AT_RISK" : turned > 15 ? "NEUTRAL" : "HEALTHY"),
  leaves: (turned) => (turned > 120 ? 1 / 90 : 0),
};
