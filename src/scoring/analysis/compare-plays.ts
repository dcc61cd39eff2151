import type { CompiledPlay } from "../plays/compiled-play.ts";
import type { CompiledRuleset } from "../compiled-ruleset.ts";
import { derivedFieldOf } from "../fields/derived-fields.ts";
import type { Trigger } from "../ruleset/play.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import { aggregates, builtInSignals } from "../ruleset/signal.ts";
import type { Observation } from "../signals/snapshot.ts";
import type { Moment } from "../time/moment.ts";
import type { LeftOut } from "./left-out.ts";
import type { ScoredCustomer } from "./score-customer.ts";

/** Whom a play is about under one ruleset and not under the other. */
export type PlayComparison = {
  name: string;
  slug: string;
  /** Which of the two rulesets has it. */
  in: "both" | "before" | "after";
  /**
   * By what it is compared: those who are in the band that it asks for; those whose day is today, still within its grace,
   * or one of the next seven. Plays that ask what was before, or for what is not mirrored, are not compared.
   */
  by: "band" | "day" | "past" | "unmirrored";
  /** Null where it is not compared. */
  before: number | null;
  after: number | null;
  gained: CustomerName[];
  lost: CustomerName[];
};
export type CustomerName = { companyId: string; name: string; worth: number | null };

const DAYS_AHEAD = 7;

/** Compares the plays of two rulesets by their slugs, customer by customer. No earlier tasks count. */
export function comparePlays(before: CompiledRuleset, after: CompiledRuleset, moment: Moment, leftOut: LeftOut) {
  const old = new Map(before.plays.map((play) => [play.play.slug, play]));
  const next = new Map(after.plays.map((play) => [play.play.slug, play]));
  const compared = [...new Map([...old, ...next])].map(([slug, { play }]) => {
    const [was, is] = [old.get(slug), next.get(slug)];
    const kinds = [was && kindOf(was.play.trigger, before.ruleset), is && kindOf(is.play.trigger, after.ruleset)];
    const compares = kinds.includes("past") ? "past" : (kinds[1] ?? kinds[0] ?? "past");
    const by = leftOut.plays.has(slug) ? "unmirrored" : compares;
    const count = by === "band" || by === "day" ? 0 : null;
    const has = was && is ? "both" : was ? "before" : "after";
    const result: PlayComparison = {
      name: play.name,
      slug,
      // What is left out for want of its signals is not gone from the file.
      in: has === "both" || leftOut.plays.has(slug) ? "both" : has,
      by,
      before: count,
      after: count,
      gained: [],
      lost: [],
    };
    return { calls: [callsOf(was, moment), callsOf(is, moment)] as const, result };
  });

  return {
    add(was: ScoredCustomer, is: ScoredCustomer): void {
      const { companyId, name, worth } = is;
      for (const { calls, result } of compared) {
        if (result.before === null || result.after === null) continue;
        const [calledFor, callsFor] = [calls[0](was), calls[1](is)];
        if (calledFor) result.before += 1;
        if (callsFor) result.after += 1;
        if (callsFor && !calledFor) result.gained.push({ companyId, name, worth });
        if (calledFor && !callsFor) result.lost.push({ companyId, name, worth });
      }
    },
    result: (): PlayComparison[] => compared.map(({ result }) => result),
  };
}

function kindOf(trigger: Trigger, { signals }: Ruleset): "band" | "day" | "past" {
  if (trigger.kind === "enters") return "band";
  if (trigger.kind !== "reaches") return "past";
  if (builtInSignals.some((name) => name === trigger.signal)) return "day";
  const signal = signals.find(({ name }) => name === trigger.signal);
  if (signal?.kind === "days_since" || signal?.kind === "days_until") return "day";
  const aggregate = aggregates.find((kind) => kind === signal?.kind);
  const countsUp =
    signal &&
    aggregate &&
    "field" in signal &&
    signal.of !== "company" &&
    derivedFieldOf(signal.of, signal.field)?.countsUp;
  return countsUp ? "day" : "past";
}

function callsOf(play: CompiledPlay | undefined, moment: Moment): (customer: ScoredCustomer) => boolean {
  if (play === undefined) return () => false;
  const { trigger } = play.play;
  if (trigger.kind === "enters") {
    return (customer) => {
      const score = customer.scores.get(trigger.score);
      return score !== undefined && score.value !== null && score.band === trigger.band && play.holds(customer, moment);
    };
  }
  if (trigger.kind !== "reaches") return () => false;
  const first = moment.calendar.daysBefore(moment.today, trigger.grace);
  return (customer) => {
    const day = dayOfNumber(customer.snapshot.get(trigger.signal), trigger.value, moment);
    const isDue = day !== null && day >= first && day <= moment.today + DAYS_AHEAD;
    const score = customer.scores.get(play.score.name);
    return isDue && score !== undefined && score.value !== null && play.holds(customer, moment);
  };
}

/** The day on which a running count of days comes to a number; null where it is none. */
function dayOfNumber(observation: Observation | undefined, number: number, { calendar }: Moment): number | null {
  if (!observation?.known) return null;
  const { since, until } = observation;
  const origin = calendar.dayOfText(since ?? until ?? "");
  if (origin === null) return null;
  return since === null ? origin - number : origin + number;
}
