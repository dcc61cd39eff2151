import { beforeAll, describe, expect, it } from "@jest/globals";

import { createClock } from "../../src/sandbox/clock.ts";
import { fillPortal, type Play, playUntil } from "../../src/sandbox/generator/generator.ts";
import { castStories } from "../../src/sandbox/generator/story-book.ts";
import { describePortal } from "../../src/sandbox/persistence/saved-portal.ts";
import { eraseContact } from "../../src/sandbox/portal/erase-contact.ts";
import { mergeRecords } from "../../src/sandbox/portal/merge-records.ts";
import { normaliseValue } from "../../src/sandbox/portal/normalise-value.ts";
import { type ObjectType, objectTypes } from "../../src/sandbox/portal/object-types.ts";
import { createPortal, type Portal } from "../../src/sandbox/portal/portal.ts";
import type { PortalRecord } from "../../src/sandbox/portal/record-store.ts";
import { linkedRecords } from "../../src/sandbox/portal/roll-ups.ts";
import { createRandom } from "../../src/sandbox/random.ts";

const START = Date.parse("2026-10-05T09:00:00.000Z");
const DAY_MS = 86_400_000;
const COMPANIES = 400;

function fill(seed: number, companies: number) {
  const portal = createPortal(createClock(() => new Date(START)));
  return { portal, play: fillPortal(portal, seed, companies) };
}
const picture = ({ portal, play }: { portal: Portal; play: Play }) =>
  JSON.stringify(describePortal(portal, { targetUrl: null, subscriptions: [] }, play));

let portal: Portal;
let play: Play;
beforeAll(() => {
  ({ portal, play } = fill(3, COMPANIES));
});

const all = (type: ObjectType) => [...portal.records.live(type)];
const number = (record: PortalRecord, name: string) => Number(record.properties[name]);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
function companiesOf(...storyNames: string[]): PortalRecord[] {
  return play.lives
    .filter(({ story }) => storyNames.includes(story))
    .flatMap(({ companyId }) => portal.records.findLive(objectTypes.company, companyId) ?? [])
    .filter(({ properties }) => properties["churned_at"] === undefined);
}
const meanOf = (storyName: string, property: string) =>
  mean(companiesOf(storyName).map((company) => number(company, property)));

describe("a made-up portal", () => {
  it("is the same for the same seed and instant, and another for another seed", () => {
    expect(picture(fill(11, 30))).toBe(picture(fill(11, 30)));
    expect(picture(fill(11, 30))).not.toBe(picture(fill(12, 30)));
  });

  it("has customers and a few who are not, most with an owner, the active ones", () => {
    const companies = all(objectTypes.company);
    expect(companies).toHaveLength(COMPANIES);
    const stages = companies.map(({ properties }) => properties["lifecyclestage"]);
    expect(stages.filter((stage) => stage === "customer")).toHaveLength(376);
    expect(new Set(stages)).toEqual(new Set(["customer", "lead", "opportunity"]));
    const owned = companies.map(({ properties }) => properties["hubspot_owner_id"]).filter(Boolean);
    expect(owned.length / COMPANIES).toBeGreaterThan(0.85);
    expect(owned.length / COMPANIES).toBeLessThan(0.95);
    expect(owned).not.toContain("411000106");
  });

  it("holds only values that the API itself would take and nothing of the future", () => {
    const now = new Date(START).toISOString();
    const past = ["last_login_at", "closed_date", "hs_payment_date", "nps_answered_at"];
    const wrong: string[] = [];
    for (const record of portal.records.all()) {
      if (record.updatedAt > START) wrong.push(`${record.type.singular} ${record.id} is of the future`);
      for (const [name, value] of Object.entries(record.properties)) {
        const definition = portal.properties.find(record.type, name);
        const normalised = definition && normaliseValue(definition, value);
        if (!normalised || "code" in normalised || normalised.value !== value || (past.includes(name) && value > now))
          wrong.push(`${record.type.singular}.${name} = ${value}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("tells its stories", () => {
    expect(meanOf("fading use", "logins_30d")).toBeLessThan(meanOf("steady", "logins_30d") / 3);
    expect(meanOf("growing", "logins_30d")).toBeGreaterThan(meanOf("steady", "logins_30d"));
    expect(meanOf("silent", "seats_active_share")).toBeLessThan(10);
    const tickets = (story: string) =>
      mean(companiesOf(story).map((company) => linkedRecords(portal, company, objectTypes.ticket).length));
    expect(tickets("angry ticket writer")).toBeGreaterThan(3 * tickets("steady"));
    const daysLate = (story: string) =>
      mean(
        companiesOf(story)
          .flatMap((company) => linkedRecords(portal, company, objectTypes.invoice))
          .filter(({ properties }) => properties["hs_invoice_status"] === "paid")
          .map(
            ({ properties }) =>
              Date.parse(properties["hs_payment_date"] ?? "") - Date.parse(properties["hs_due_date"] ?? ""),
          ),
      ) / DAY_MS;
    expect(daysLate("late payer")).toBeGreaterThan(10);
    expect(daysLate("early payer")).toBeLessThan(-6);
    expect(companiesOf("almost no data").every(({ properties }) => properties["last_login_at"] === undefined)).toBe(
      true,
    );
    const churned = all(objectTypes.company).filter(({ properties }) => properties["churned_at"] !== undefined);
    expect(churned.length).toBeGreaterThanOrEqual(5);
    expect(companiesOf("churned")).toEqual([]);
  });

  it("has every kind of record, in two currencies, in some proportion", () => {
    const count = (type: ObjectType) => portal.records.count(type) / COMPANIES;
    expect(count(objectTypes.contact)).toBeGreaterThan(2);
    expect(count(objectTypes.ticket)).toBeGreaterThan(1);
    expect(count(objectTypes.invoice)).toBeGreaterThan(2);
    expect(count(objectTypes.feedback)).toBeGreaterThan(0.5);
    expect(count(objectTypes.deal)).toBeGreaterThan(0.01);
    const stages = all(objectTypes.ticket).map(({ properties }) => properties["hs_pipeline_stage"]);
    expect(stages).toEqual(expect.arrayContaining(["1", "4", "160398213"]));
    expect(new Set(all(objectTypes.invoice).map(({ properties }) => properties["hs_currency"]))).toEqual(
      new Set(["NOK", "DKK"]),
    );
    const overdue = all(objectTypes.invoice).filter(
      ({ properties }) =>
        properties["hs_invoice_status"] === "open" && Date.parse(properties["hs_due_date"] ?? "") < START,
    );
    expect(overdue.length).toBeGreaterThan(5);
    expect(all(objectTypes.contact).filter(({ properties }) => properties["nps_score"]).length).toBeGreaterThan(200);
  });

  it("has sold every customer with known revenue a subscription, and tells what became of it", () => {
    const subscriptionOf = (company: PortalRecord) => linkedRecords(portal, company, objectTypes.subscription)[0];
    const sold = all(objectTypes.company).filter(({ properties }) => properties["annual_recurring_revenue"]);
    expect(sold.length).toBeGreaterThan(300);
    for (const company of sold) {
      const status = company.properties["churned_at"] === undefined ? "active" : "canceled";
      const monthly = String(Math.round(number(company, "annual_recurring_revenue") / 12));
      expect(subscriptionOf(company)?.properties).toMatchObject({ hs_status: status, hs_recurring_revenue: monthly });
    }
    const dealsOf = (...names: string[]) =>
      companiesOf(...names).flatMap((company) => linkedRecords(portal, company, objectTypes.deal));
    expect(dealsOf("growing").filter(({ properties }) => properties["hs_is_closed_won"] === "true")).not.toEqual([]);
    expect(dealsOf("renewal near").map(({ properties }) => properties["dealstage"])).toContain("contractsent");
    expect(meanOf("growing", "webinars_attended_90d")).toBeGreaterThan(meanOf("silent", "webinars_attended_90d"));
  });

  it("remembers what product use was, for the last twenty changes", () => {
    const [fading] = companiesOf("fading use");
    const past = fading?.history["logins_30d"] ?? [];
    expect(past).toHaveLength(20);
    expect(past[0]?.value).toBe(fading?.properties["logins_30d"]);
    const times = past.map(({ author }) => author.at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it("lives on, a day at a time, the same in one go or in several, and never dates what it plays late before now", () => {
    const later = START + 10 * DAY_MS;
    const [one, several] = [fill(5, 30), fill(5, 30)];
    playUntil(one.portal, one.play, later, -Infinity);
    for (let day = 1; day <= 10; day += 1) playUntil(several.portal, several.play, START + day * DAY_MS, -Infinity);
    expect(picture(one)).toBe(picture(several));
    const late = fill(5, 30);
    playUntil(late.portal, late.play, later, later);
    const changed = [...late.portal.records.all()].filter(({ updatedAt }) => updatedAt > START);
    expect(changed.length).toBeGreaterThan(20);
    expect(Math.min(...changed.map(({ updatedAt }) => updatedAt))).toBe(later);
  });

  it("lives on in the records that came of merges, and without the contacts that were erased", () => {
    const lived = fill(5, 30);
    const author = { at: START, changeSource: "CRM_UI", sourceId: "userId:1" };
    const { records, links } = lived.portal;
    const [first, second] = lived.play.lives.flatMap(
      ({ companyId }) => records.find(objectTypes.company, companyId) ?? [],
    );
    if (!first || !second) throw new Error("no companies were made up");
    const merged = mergeRecords(lived.portal, first, second, author);
    const erased = [...records.live(objectTypes.contact)].slice(0, 40);
    for (const contact of erased) eraseContact(lived.portal, contact, author);
    playUntil(lived.portal, lived.play, START + 60 * DAY_MS, -Infinity);
    const isOld = (id: string) => [first, second, ...erased].some((record) => record.id === id);
    const linkedIds = [...links.all()].flatMap((row) => [row.fromId, ...row.links.keys()]);
    expect(linkedIds.filter(isOld)).toEqual([]);
    const opened = [...records.live(objectTypes.ticket)].filter(({ createdAt }) => createdAt > START);
    const ofMerged = new Set(links.of(merged, objectTypes.ticket).keys());
    expect(opened.filter(({ id }) => ofMerged.has(id)).length).toBeGreaterThan(0);
  });
});

describe("castStories", () => {
  it("keeps the shares to the customer", () => {
    const cast = castStories(200, createRandom(1)).map(({ name }) => name);
    const count = (name: string) => cast.filter((each) => each === name).length;
    expect(cast).toHaveLength(200);
    expect([count("steady"), count("fading use"), count("churned")]).toEqual([54, 12, 4]);
  });
});
