import { type Story, turning } from "../story.ts";
import { steady } from "./steady.ts";

/** Ever more sessions and seats, and now and then a larger plan. */
export const growing: Story = {
  ...steady,
  name: "growing",
  share: 14,
  turnsInDays: [-170, -90],
  loginsPerDay: (turned) => turning(turned, 4, 14, 200),
  keyFeatures: (turned) => turning(turned, 5, 9, 150),
  seatsActive: (turned) => turning(turned, 60, 97, 150),
  nps: () => [9, 10],
  expands: 1 / 150,
};
