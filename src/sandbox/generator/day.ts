import type { Random } from "../random.ts";
import type { Author, Portal } from "../portal/portal.ts";
import type { PortalRecord } from "../portal/record-store.ts";
import type { Life } from "./life.ts";
import type { Story } from "./story.ts";

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** The systems that write into a customer's portal beside its people: ids of other apps. */
const PRODUCT_DATA_APP = "30417755";
const BILLING_APP = "30417756";
const SERVICE_USER = "userId:61000101";

/** One customer's day: 24 hours from `from` (excluded). Its chance is its own, whatever others drew. */
export type Day = {
  portal: Portal;
  random: Random;
  story: Story;
  life: Life;
  company: PortalRecord;
  from: number;
  to: number;
  /** Nothing is dated before this, so that no reader of last-modified dates has already passed it. */
  notBefore: number;
  isWorkday: boolean;
  /** Days since the story's turning point; negative before. */
  turned: number;
};

/** The instant within the day when the clock in UTC shows this hour. */
export function atHour(day: Pick<Day, "from" | "notBefore">, hour: number): number {
  const sinceMidnight = (((hour * HOUR_MS - day.from) % DAY_MS) + DAY_MS) % DAY_MS;
  return Math.max(day.notBefore, day.from + Math.max(1, Math.floor(sinceMidnight)));
}

export function officeHour(day: Day): number {
  return atHour(day, day.random.between(7, 15.5));
}

export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function productData(at: number): Author {
  return { at, changeSource: "INTEGRATION", sourceId: PRODUCT_DATA_APP };
}

export function billing(at: number): Author {
  return { at, changeSource: "INTEGRATION", sourceId: BILLING_APP };
}

export function colleague(at: number): Author {
  return { at, changeSource: "CRM_UI", sourceId: SERVICE_USER };
}
