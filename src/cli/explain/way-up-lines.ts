import type { SignalChange, WayUp } from "../../scoring/analysis/smallest-change.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import { sayObservation } from "../../scoring/words/words.ts";

const MOST_WAYS = 5;

/** What would bring a customer to the next better band, a line each. */
export function wayUpLines({ band, from, single, together }: WayUp, ruleset: Ruleset): string[] {
  const title = `What would bring it to ${band.label} (${from} points):`;
  if (single.length > 0) {
    return [`${title} one of`, ...single.slice(0, MOST_WAYS).map((change) => `  ${sayChange(change, ruleset)}`)];
  }
  if (together.length === 0) return [`${title} nothing that is known of it; more must be known first`];
  return [`${title} no single signal; together`, ...together.map((change) => `  ${sayChange(change, ruleset)}`)];
}

function sayChange({ signal, label, from, to, score }: SignalChange, { language, signals }: Ruleset): string {
  // The dates that day counts are said by would hide how many days are meant.
  const isDayCount = from.known && (from.since !== null || from.until !== undefined);
  const unit = signals.find(({ name }) => name === signal)?.unit ?? (isDayCount ? "days" : null);
  const say = (value: typeof to) => sayObservation({ known: true, value, since: null }, language, unit);
  return `${label}: ${from.known ? say(from.value) : sayObservation(from, language)} -> ${say(to)} (score ${score})`;
}
