import type { Random } from "../random.ts";
import { angryWriter } from "./stories/angry-writer.ts";
import { churned } from "./stories/churned.ts";
import { earlyPayer } from "./stories/early-payer.ts";
import { fading } from "./stories/fading.ts";
import { growing } from "./stories/growing.ts";
import { latePayer } from "./stories/late-payer.ts";
import { lukewarm } from "./stories/lukewarm.ts";
import { onboarding } from "./stories/onboarding.ts";
import { recovering } from "./stories/recovering.ts";
import { renewalNear } from "./stories/renewal-near.ts";
import { silent } from "./stories/silent.ts";
import { sparse } from "./stories/sparse.ts";
import { steady } from "./stories/steady.ts";
import { tiring } from "./stories/tiring.ts";
import type { Story } from "./story.ts";

/** Healthy stories first, then middling, poor, and those without a score. */
export const stories: readonly Story[] = [
  steady,
  growing,
  earlyPayer,
  renewalNear,
  onboarding,
  tiring,
  latePayer,
  lukewarm,
  recovering,
  fading,
  angryWriter,
  silent,
  churned,
  sparse,
];

const byName = new Map(stories.map((story) => [story.name, story]));

export function findStory(name: string): Story {
  const story = byName.get(name);
  if (!story) throw new RangeError(`no story "${name}"; there are: ${[...byName.keys()].join(", ")}`);
  return story;
}

/**
 * One story for each of `count` customers: the shares are kept to the customer, in random order, so that a small portal
 * has every kind too.
 */
export function castStories(count: number, random: Random): Story[] {
  const total = stories.reduce((sum, story) => sum + story.share, 0);
  let owed = 0;
  let cast: Story[] = [];
  for (const story of stories) {
    owed += (story.share / total) * count;
    cast = [...cast, ...Array<Story>(Math.round(owed) - cast.length).fill(story)];
  }
  return random.shuffle(cast);
}
