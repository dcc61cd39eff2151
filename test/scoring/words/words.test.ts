import { describe, expect, it } from "@jest/globals";
import type { Language } from "../../../src/scoring/ruleset/ruleset.ts";
import type { Observation } from "../../../src/scoring/signals/snapshot.ts";
import { labelOfBandName, sayDate, sayNumber, sayObservation, wordsOf } from "../../../src/scoring/words/words.ts";

const languages: Language[] = ["en", "nb", "da"];
const sayAll = (value: number | string | boolean, since: string | null = null) =>
  languages.map((language) => sayObservation({ known: true, value, since }, language));

describe("words", () => {
  it("say dates", () => {
    expect(languages.map((language) => sayDate("2026-10-03", language))).toEqual([
      "3 October 2026",
      "3. oktober 2026",
      "3. oktober 2026",
    ]);
  });

  it("say numbers with one decimal at most, as the language writes them", () => {
    expect(languages.map((language) => sayNumber(7.25, language))).toEqual(["7.3", "7,3", "7,3"]);
    expect(languages.map((language) => sayNumber(-0.04, language))).toEqual(["0", "0", "0"]);
    expect(sayNumber(12_345, "en")).toBe("12,345");
    expect(sayNumber(12_345, "da")).toBe("12.345");
  });

  it("say what was observed", () => {
    expect(sayAll(true)).toEqual(["yes", "ja", "ja"]);
    expect(sayAll(false)).toEqual(["no", "nei", "nej"]);
    expect(sayAll("NEUTRAL")).toEqual(["NEUTRAL", "NEUTRAL", "NEUTRAL"]);
    expect(sayAll("7.25")).toEqual(["7.3", "7,3", "7,3"]);
    expect(sayAll(12, "2026-10-03")).toEqual([
      "since 3 October 2026",
      "siden 3. oktober 2026",
      "siden 3. oktober 2026",
    ]);
    expect(languages.map((language) => sayObservation({ known: false, why: "none" }, language))).toEqual([
      "unknown",
      "ukjent",
      "ukendt",
    ]);
  });

  it("say that a value was forgotten, and not merely unknown", () => {
    const forgotten: Observation = { known: false, why: "forgotten" };
    expect(languages.map((language) => sayObservation(forgotten, language))).toEqual([
      "forgotten on request",
      "glemt på forespørsel",
      "glemt efter anmodning",
    ]);
  });

  it("say the unit behind numbers alone", () => {
    const sayHours = (value: number | string | boolean) =>
      languages.map((language) => sayObservation({ known: true, value, since: null }, language, "t"));
    expect(sayHours(7.25)).toEqual(["7.3 t", "7,3 t", "7,3 t"]);
    expect(sayHours("7")).toEqual(["7 t", "7 t", "7 t"]);
    expect(sayHours("many")).toEqual(["many", "many", "many"]);
    expect(sayHours(true)).toEqual(["yes", "ja", "ja"]);
  });

  it("say the day to which a count runs down, and since when a held value is gone", () => {
    const sayIn = (observation: Observation) => languages.map((name) => sayObservation(observation, name, "d"));
    expect(sayIn({ known: true, value: 30, since: null, until: "2026-10-03" })).toEqual([
      "on 3 October 2026",
      "3. oktober 2026",
      "den 3. oktober 2026",
    ]);
    expect(sayIn({ known: false, why: "blank", held: { value: 7, missingSince: "2026-10-03" } })).toEqual([
      "7 d (last known value, missing since 3 October 2026)",
      "7 d (siste kjente verdi, mangler siden 3. oktober 2026)",
      "7 d (seneste kendte værdi, mangler siden 3. oktober 2026)",
    ]);
  });

  it.each([
    ["at_risk", ["At risk", "I faresonen", "I farezonen"]],
    ["watch", ["Watch", "Følg med", "Hold øje"]],
    ["healthy", ["Healthy", "Sunn", "Sund"]],
    ["unhealthy", ["Unhealthy", "Svak", "Svag"]],
    ["middle", ["Middle", "Middels", "Middel"]],
    ["unknown", ["Unknown", "Ukjent", "Ukendt"]],
    ["churned", ["Churned", "Sluttet", "Stoppet"]],
    ["gold", [null, null, null]],
    ["constructor", [null, null, null]],
  ])("call the band %s by its name", (name, labels) => {
    expect(languages.map((language) => labelOfBandName(name, language))).toEqual(labels);
  });

  it("tell of what a person has set", () => {
    expect(languages.map((language) => wordsOf(language).override(80, "D", "why"))).toEqual([
      "Set to 80 by hand, up to and including D: why",
      "Satt manuelt til 80 til og med D: why",
      "Sat manuelt til 80 til og med D: why",
    ]);
  });

  it.each(["007", "90071992547409931", "1e3", "0x1F", "+5", "5."])("leave %s as it is: it is a text", (text) => {
    expect(sayAll(text)).toEqual([text, text, text]);
  });

  it("close tasks and tell of caps", () => {
    const told = languages.map((language) => {
      const { capped, closed, left } = wordsOf(language);
      return [capped(40, "late"), closed("D", "Watch", "61"), left("D")];
    });
    expect(told).toEqual([
      [
        "Held at 40 at most: late",
        "Closed on D: the customer is now in “Watch” with a score of 61.",
        "Closed on D: the customer has left.",
      ],
      ["Holdt på høyst 40: late", "Lukket D: kunden er nå i «Watch» med 61 poeng.", "Lukket D: kunden har sluttet."],
      ["Holdt på højst 40: late", "Lukket D: kunden er nu i »Watch« med 61 point.", "Lukket D: kunden er stoppet."],
    ]);
  });
});
