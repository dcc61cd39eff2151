import type { Story } from "../story.ts";
import { steady } from "./steady.ts";

/** A customer of whom almost nothing is known: no product data, no invoices here, no contact person. */
export const sparse: Story = {
  ...steady,
  name: "almost no data",
  share: 2,
  contacts: [0, 0],
};
