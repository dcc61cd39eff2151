import type { Language } from "../ruleset/ruleset.ts";
import type { Observation } from "../signals/snapshot.ts";

type Words = {
  locale: string;
  /** The day on which a running count began, and the one to which it runs down. */
  since: (date: string) => string;
  on: (date: string) => string;
  yes: string;
  no: string;
  unknown: string;
  forgotten: string;
  /** A value that is gone, and the day since which it is. */
  held: (value: string, date: string) => string;
  override: (value: number, until: string, reason: string) => string;
  capped: (at: number, label: string) => string;
  closed: (date: string, band: string, score: string) => string;
  settled: (date: string) => string;
  left: (date: string) => string;
  merged: (date: string) => string;
  noOwner: string;
  bands: Readonly<Record<string, string>>;
};

const words: Record<Language, Words> = {
  en: {
    locale: "en-GB",
    since: (date) => `since ${date}`,
    on: (date) => `on ${date}`,
    yes: "yes",
    no: "no",
    unknown: "unknown",
    forgotten: "forgotten on request",
    held: (value, date) => `${value} (last known value, missing since ${date})`,
    override: (value, until, reason) => `Set to ${value} by hand, up to and including ${until}: ${reason}`,
    capped: (at, label) => `Held at ${at} at most: ${label}`,
    closed: (date, band, score) => `Closed on ${date}: the customer is now in “${band}” with a score of ${score}.`,
    settled: (date) => `Closed on ${date}: what called for it is over.`,
    left: (date) => `Closed on ${date}: the customer has left.`,
    merged: (date) => `Closed on ${date}: the customer was merged with another that has the same task.`,
    noOwner: "Nobody was found who owns this task.",
    bands: {
      at_risk: "At risk",
      watch: "Watch",
      healthy: "Healthy",
      unhealthy: "Unhealthy",
      middle: "Middle",
      unknown: "Unknown",
      churned: "Churned",
    },
  },
  nb: {
    locale: "nb-NO",
    since: (date) => `siden ${date}`,
    on: (date) => date,
    yes: "ja",
    no: "nei",
    unknown: "ukjent",
    forgotten: "glemt på forespørsel",
    held: (value, date) => `${value} (siste kjente verdi, mangler siden ${date})`,
    override: (value, until, reason) => `Satt manuelt til ${value} til og med ${until}: ${reason}`,
    capped: (at, label) => `Holdt på høyst ${at}: ${label}`,
    closed: (date, band, score) => `Lukket ${date}: kunden er nå i «${band}» med ${score} poeng.`,
    settled: (date) => `Lukket ${date}: grunnen til oppgaven er borte.`,
    left: (date) => `Lukket ${date}: kunden har sluttet.`,
    merged: (date) => `Lukket ${date}: kunden ble slått sammen med en annen som har samme oppgave.`,
    noOwner: "Det fantes ingen eier til denne oppgaven.",
    bands: {
      at_risk: "I faresonen",
      watch: "Følg med",
      healthy: "Sunn",
      unhealthy: "Svak",
      middle: "Middels",
      unknown: "Ukjent",
      churned: "Sluttet",
    },
  },
  da: {
    locale: "da-DK",
    since: (date) => `siden ${date}`,
    on: (date) => `den ${date}`,
    yes: "ja",
    no: "nej",
    unknown: "ukendt",
    forgotten: "glemt efter anmodning",
    held: (value, date) => `${value} (seneste kendte værdi, mangler siden ${date})`,
    override: (value, until, reason) => `Sat manuelt til ${value} til og med ${until}: ${reason}`,
    capped: (at, label) => `Holdt på højst ${at}: ${label}`,
    closed: (date, band, score) => `Lukket ${date}: kunden er nu i »${band}« med ${score} point.`,
    settled: (date) => `Lukket ${date}: årsagen til opgaven er væk.`,
    left: (date) => `Lukket ${date}: kunden er stoppet.`,
    merged: (date) => `Lukket ${date}: kunden blev lagt sammen med en anden, der har samme opgave.`,
    noOwner: "Der blev ikke fundet en ejer til denne opgave.",
    bands: {
      at_risk: "I farezonen",
      watch: "Hold øje",
      healthy: "Sund",
      unhealthy: "Svag",
      middle: "Middel",
      unknown: "Ukendt",
      churned: "Stoppet",
    },
  },
};

/** The product's own phrases in a language of the rules. */
export function wordsOf(language: Language): Words {
  return words[language];
}

/** What a well-known band or placement is called where the rules do not say it; null for any other. */
export function labelOfBandName(name: string, language: Language): string | null {
  const { bands } = words[language];
  return Object.hasOwn(bands, name) ? (bands[name] ?? null) : null;
}

const dateFormats = new Map<Language, Intl.DateTimeFormat>();

/** `3 October 2026` of an ISO date. */
export function sayDate(isoDate: string, language: Language): string {
  let format = dateFormats.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(words[language].locale, { dateStyle: "long", timeZone: "UTC" });
    dateFormats.set(language, format);
  }
  return format.format(new Date(`${isoDate}T00:00:00Z`));
}

const numberFormats = new Map<Language, Intl.NumberFormat>();

/** A number with at most one decimal, written as the language does. */
export function sayNumber(number: number, language: Language): string {
  let format = numberFormats.get(language);
  if (!format) {
    format = new Intl.NumberFormat(words[language].locale, { maximumFractionDigits: 1, signDisplay: "negative" });
    numberFormats.set(language, format);
  }
  return format.format(number);
}

/**
 * An observation in words, its unit behind a number. A day count is said as the date on which it began or to which it
 * runs down, so that the text is stable; a value that is gone and held is said with the date since which it is gone.
 */
export function sayObservation(observation: Observation, language: Language, unit: string | null = null): string {
  const { since, on, held, unknown, forgotten } = words[language];
  if (observation.known) {
    if (observation.since !== null) return since(sayDate(observation.since, language));
    if (observation.until !== undefined) return on(sayDate(observation.until, language));
    return sayValue(observation.value, language, unit);
  }
  if (observation.why === "forgotten") return forgotten;
  if (!observation.held) return unknown;
  return held(sayValue(observation.held.value, language, unit), sayDate(observation.held.missingSince, language));
}

/** Property values arrive as text, numbers too; `007` and a 17-digit id are no numbers. */
function sayValue(value: number | string | boolean, language: Language, unit: string | null): string {
  if (typeof value === "boolean") return value ? words[language].yes : words[language].no;
  if (typeof value === "string" && !/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(value)) return value;
  const number = sayNumber(Number(value), language);
  return unit === null ? number : `${number} ${unit}`;
}
