import type { Language } from "./ruleset.ts";
import type { Observation } from "./snapshot.ts";

type Words = {
  locale: string;
  since: (date: string) => string;
  yes: string;
  no: string;
  unknown: string;
  capped: (at: number, label: string) => string;
  closed: (date: string, band: string, score: string) => string;
  left: (date: string) => string;
  noOwner: string;
};

const words: Record<Language, Words> = {
  en: {
    locale: "en-GB",
    since: (date) => `since ${date}`,
    yes: "yes",
    no: "no",
    unknown: "unknown",
    capped: (at, label) => `Held at ${at} at most: ${label}`,
    closed: (date, band, score) => `Closed on ${date}: the customer is now in “${band}” with a score of ${score}.`,
    left: (date) => `Closed on ${date}: the customer has left.`,
    noOwner: "Nobody was found who owns this task.",
  },
  nb: {
    locale: "nb-NO",
    since: (date) => `siden ${date}`,
    yes: "ja",
    no: "nei",
    unknown: "ukjent",
    capped: (at, label) => `Holdt på høyst ${at}: ${label}`,
    closed: (date, band, score) => `Lukket ${date}: kunden er nå i «${band}» med ${score} poeng.`,
    left: (date) => `Lukket ${date}: kunden har sluttet.`,
    noOwner: "Det fantes ingen eier til denne oppgaven.",
  },
  da: {
    locale: "da-DK",
    since: (date) => `siden ${date}`,
    yes: "ja",
    no: "nej",
    unknown: "ukendt",
    capped: (at, label) => `Holdt på højst ${at}: ${label}`,
    closed: (date, band, score) => `Lukket ${date}: kunden er nu i »${band}« med ${score} point.`,
    left: (date) => `Lukket ${date}: kunden er stoppet.`,
    noOwner: "Der blev ikke fundet en ejer til denne opgave.",
  },
};

/** The product's own phrases in a language of the rules. */
export function wordsOf(language: Language): Words {
  return words[language];
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

/** An observation in words; a day count is said as the date on which it began, so that the text is stable. */
export function sayObservation(observation: Observation, language: Language): string {
  if (!observation.known) return words[language].unknown;
  const { value, since } = observation;
  if (since !== null) return words[language].since(sayDate(since, language));
  if (typeof value === "boolean") return value ? words[language].yes : words[language].no;
  return typeof value === "number" ? sayNumber(value, language) : sayText(value, language);
}

/** Property values arrive as text, numbers too; `007` and a 17-digit id are no numbers. */
function sayText(text: string, language: Language): string {
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? sayNumber(Number(text), language) : text;
}
