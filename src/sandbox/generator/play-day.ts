import { createRandom, mixSeeds } from "../random.ts";
import { objectTypes } from "../portal/object-types.ts";
import type { Portal } from "../portal/portal.ts";
import { DAY_MS, type Day } from "./day.ts";
import type { Life } from "./life.ts";
import { issueInvoice, isInvoiceDay, payInvoice, scheduleNextInvoice } from "./play-billing.ts";
import { playContract } from "./play-contract.ts";
import { playProductUse } from "./play-product-use.ts";
import { closeTicket, openTickets } from "./play-support.ts";
import { playVoice } from "./play-voice.ts";
import { findStory } from "./story-book.ts";

/** Plays 24 hours of one customer, from `from` on, dating nothing before `notBefore`. One that left, was deleted or has not begun stands still. */
export function playDay(
  portal: Portal,
  seed: number,
  life: Life,
  dayNumber: number,
  from: number,
  notBefore: number,
): void {
  const company = portal.records.findLive(objectTypes.company, life.companyId);
  const to = from + DAY_MS;
  const hasNoData = life.contactIds.length === 0;
  if (!company || hasNoData || life.startsAt > from || company.properties["churned_at"] !== undefined) return;
  const day: Day = {
    portal,
    random: createRandom(mixSeeds(seed, life.index, dayNumber)),
    story: findStory(life.story),
    life,
    company,
    from,
    to,
    notBefore,
    isWorkday: ![0, 6].includes(new Date(to).getUTCDay()),
    turned: (to - life.turnsAt) / DAY_MS,
  };
  keepAppointments(day);
  playProductUse(day);
  openTickets(day);
  if (isInvoiceDay(day)) {
    issueInvoice(day);
    scheduleNextInvoice(day);
  }
  playVoice(day);
  playContract(day);
}

function keepAppointments(day: Day): void {
  const due = day.life.appointments.filter(({ at }) => at <= day.to).sort((a, b) => a.at - b.at);
  if (due.length === 0) return;
  day.life.appointments = day.life.appointments.filter(({ at }) => at > day.to);
  for (const { at, what, id } of due) {
    const keptAt = Math.max(at, day.from + 1, day.notBefore);
    if (what === "close ticket") closeTicket(day, id, keptAt);
    else payInvoice(day, id, keptAt);
  }
}
