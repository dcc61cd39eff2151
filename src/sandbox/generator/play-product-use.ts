import { updateRecord } from "../portal/write-record.ts";
import { atHour, type Day, iso, officeHour, productData } from "./day.ts";

const WEEKEND_SHARE = 0.08;
const WINDOW_DAYS = 30;
/** The product's nightly export reports at this hour in UTC. */
const EXPORT_HOUR = 17;
const EXPORTS_PER_HOUR = 600;

/** Sessions of the day, and what the product reports of them. A day without news writes nothing. */
export function playProductUse(day: Day): void {
  const { random, story, life, turned } = day;
  const expected = story.loginsPerDay(turned) * life.size * (day.isWorkday ? 1 : WEEKEND_SHARE);
  const sessions = Math.floor(expected * random.between(0.6, 1.4) + random.next());
  life.sessions.push(sessions);
  if (life.sessions.length > WINDOW_DAYS) life.sessions.shift();

  const lastSession = officeHour(day);
  const values = {
    ...(sessions > 0 ? { last_login_at: iso(lastSession) } : {}),
    logins_30d: String(life.sessions.reduce((sum, count) => sum + count, 0)),
    key_features_used: String(Math.round(Math.min(10, story.keyFeatures(turned) * life.zest))),
    seats_active_share: String(Math.round(Math.min(100, story.seatsActive(turned) * life.zest))),
  };
  const isNews = Object.entries(values).some(([name, value]) => day.company.properties[name] !== value);
  if (isNews)
    updateRecord(
      day.portal,
      day.company,
      values,
      productData(atHour(day, EXPORT_HOUR + (life.index % EXPORTS_PER_HOUR) / EXPORTS_PER_HOUR)),
    );
}
