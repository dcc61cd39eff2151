import { z } from "zod";

import type { Portal } from "../portal/portal.ts";
import { createRandom, mixSeeds } from "../random.ts";
import { DAY_MS } from "./day.ts";
import { foundCommerce } from "./found-commerce.ts";
import { foundCustomer, foundProspect } from "./found-company.ts";
import { Life } from "./life.ts";
import { playDay } from "./play-day.ts";
import { castStories, findStory } from "./story-book.ts";

/** The play as it is saved: who lives in the portal, and how far it has been told. */
export const Play = z.object({
  seed: z.number().int(),
  dayNumber: z.number().int(),
  playedUntil: z.number(),
  lives: z.array(Life),
});
export type Play = z.infer<typeof Play>;

const PAST_DAYS = 180;
const COMMERCE_SALT = 0x5a1e;
/** Of all companies; the others are customers. */
const PROSPECT_SHARE = 0.06;

/**
 * Fills an empty portal with `companies` companies and the last 180 days of their customers' lives, up to the portal's
 * now. The same seed and the same instant give the same portal.
 */
export function fillPortal(portal: Portal, seed: number, companies: number): Play {
  const end = portal.clock.now();
  const random = createRandom(seed);
  const prospects = Math.floor(companies * PROSPECT_SHARE);
  const cast = castStories(companies - prospects, random);
  const lives = cast.map((story, index) => foundCustomer(portal, random, story, index, end));
  for (let index = 0; index < prospects; index += 1) foundProspect(portal, random, cast.length + index, end);
  for (const life of lives) {
    foundCommerce(portal, createRandom(mixSeeds(seed, life.index, COMMERCE_SALT)), life, findStory(life.story), end);
  }
  const play = { seed, dayNumber: 0, playedUntil: end - PAST_DAYS * DAY_MS, lives };
  for (const life of lives) skipOldInvoices(life, play.playedUntil);
  playUntil(portal, play, end, -Infinity);
  return play;
}

/**
 * Plays whole days as long as they end by `instant`; the rest of a day waits. Nothing is dated before `notBefore`: what
 * is played late happens late.
 */
export function playUntil(portal: Portal, play: Play, instant: number, notBefore: number): void {
  while (play.playedUntil + DAY_MS <= instant) {
    for (const life of play.lives) playDay(portal, play.seed, life, play.dayNumber, play.playedUntil, notBefore);
    play.dayNumber += 1;
    play.playedUntil += DAY_MS;
  }
}

/** What was invoiced before the portal's past begins is settled and not in it. */
function skipOldInvoices(life: Life, from: number): void {
  const periodMs = life.invoiceMonths * 30 * DAY_MS;
  const periods = Math.ceil(Math.max(0, from - life.nextInvoiceAt) / periodMs);
  life.nextInvoiceAt += periods * periodMs;
}
