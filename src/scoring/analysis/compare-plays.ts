import type { CompiledPlay } from "../plays/compiled-play.ts";
import type { CompiledRuleset } from "../compiled-ruleset.ts";
import type { Moment } from "../time/moment.ts";
import type { ScoredCustomer } from "./score-customer.ts";

/**
 * Whom a play is about under one ruleset and not under the other: for whom it would call if it looked at bands alone.
 * Told only of plays for a band that is entered; the others ask what was before.
 */
export type PlayComparison = {
  name: string;
  slug: string;
  before: number;
  after: number;
  gained: CustomerName[];
  lost: CustomerName[];
};
export type CustomerName = { companyId: string; name: string };

/** Compares the plays of two rulesets by their slugs, customer by customer. */
export function comparePlays(before: CompiledRuleset, after: CompiledRuleset, moment: Moment) {
  const old = new Map(before.plays.map((play) => [play.play.slug, play]));
  const next = new Map(after.plays.map((play) => [play.play.slug, play]));
  const compared = [...new Map([...old, ...next])]
    .filter(([, { play }]) => play.trigger.kind === "enters")
    .map(([slug, { play }]) => {
      const result: PlayComparison = { name: play.name, slug, before: 0, after: 0, gained: [], lost: [] };
      return { calls: [callsOf(old.get(slug)), callsOf(next.get(slug))] as const, result };
    });

  function callsOf(play: CompiledPlay | undefined): (customer: ScoredCustomer) => boolean {
    const trigger = play?.play.trigger;
    if (play === undefined || trigger?.kind !== "enters") return () => false;
    return (customer) => {
      const score = customer.scores.get(trigger.score);
      return score !== undefined && score.value !== null && score.band === trigger.band && play.holds(customer, moment);
    };
  }

  return {
    add(was: ScoredCustomer, is: ScoredCustomer): void {
      const { companyId, name } = is;
      for (const { calls, result } of compared) {
        const [calledFor, callsFor] = [calls[0](was), calls[1](is)];
        if (calledFor) result.before += 1;
        if (callsFor) result.after += 1;
        if (callsFor && !calledFor) result.gained.push({ companyId, name });
        if (calledFor && !callsFor) result.lost.push({ companyId, name });
      }
    },
    result: (): PlayComparison[] => compared.map(({ result }) => result),
  };
}
