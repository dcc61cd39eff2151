import type { Story } from "../story.ts";
import { steady } from "./steady.ts";

/** A content customer whose contract ends within weeks. */
export const renewalNear: Story = {
  ...steady,
  name: "renewal near",
  share: 6,
  renewsInDays: [5, 45],
};
