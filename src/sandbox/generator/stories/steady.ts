import type { Story } from "../story.ts";

/** Uses the product, pays on time, is content: what most customers are like. */
export const steady: Story = {
  name: "steady",
  share: 27,
  tenureDays: [200, 1_600],
  turnsInDays: [0, 0],
  renewsInDays: [60, 350],
  contacts: [2, 4],
  loginsPerDay: () => 6,
  keyFeatures: () => 6.5,
  seatsActive: () => 80,
  ticketsPerMonth: () => 0.35,
  urgentShare: 0.05,
  hoursToClose: [2, 40],
  kindness: () => 0.9,
  paysAfterDueDays: () => [-4, 3],
  defaults: () => 0,
  nps: () => [7, 10],
  sentiment: () => "HEALTHY",
  contactedEveryDays: 25,
  expands: 0,
  leaves: () => 0,
};
