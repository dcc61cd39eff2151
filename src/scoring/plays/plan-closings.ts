import { isoDateOfDay } from "../time/calendar.ts";
import type { CompiledPlay } from "./compiled-play.ts";
import type { CompiledRuleset, Standing } from "../compiled-ruleset.ts";
import { isCauseGone } from "./is-cause-gone.ts";
import type { Moment } from "../time/moment.ts";
import type { Prior } from "../decision.ts";
import type { PlayNow } from "./play-now.ts";
import { standingBand } from "../scores/standing-card.ts";
import { sayDate, wordsOf } from "../words/words.ts";

export type PlannedClosing = { key: string; reason: string };

/**
 * The standing tasks whose cause is gone, each with the line that says why; none that a person has touched. All of them
 * where the company is no customer (`now` is null). A task of a play that is gone stands, unless it waits for its turn,
 * which would never come.
 */
export function planClosings(
  compiled: CompiledRuleset,
  prior: Prior,
  now: PlayNow | null,
  standing: Standing,
  moment: Moment,
): PlannedClosing[] {
  const { language } = compiled.ruleset;
  const date = sayDate(isoDateOfDay(moment.today), language);
  const { closed, left, settled } = wordsOf(language);
  return prior.tasks.flatMap((task): PlannedClosing[] => {
    const { key, play: slug, state } = task;
    if (state === "taken") return [];
    if (standing !== "customer" || now === null) return [{ key, reason: left(date) }];
    const play = compiled.plays.find((candidate) => candidate.play.slug === slug);
    if (!play) return state === "waiting" ? [{ key, reason: settled(date) }] : [];
    if (!isCauseGone(play, task, now, prior, moment)) return [];
    const by = endedBy(play, now);
    return [{ key, reason: by ? closed(date, ...by) : settled(date) }];
  });
}

/** The band and the score that ended the cause; null where signals alone did. */
function endedBy({ play, score: rules }: CompiledPlay, { scores }: PlayNow): [string, string] | null {
  const score = scores.get(rules.name);
  const isByScore = play.trigger.kind === "enters" || play.closeWhen?.some(({ field }) => field === rules.name);
  if (!isByScore || !score || score.value === null) return null;
  return [standingBand(rules, score)?.label ?? score.band, String(score.value)];
}
