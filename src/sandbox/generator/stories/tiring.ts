import type { Story } from "../story.ts";
import { fading } from "./fading.ts";

/** Content until now; its use begins to fade within the next weeks. */
export const tiring: Story = {
  ...fading,
  name: "tiring",
  share: 4,
  turnsInDays: [1, 40],
};
