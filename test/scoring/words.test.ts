import { describe, expect, it } from "@jest/globals";
import type { Language } from "../../src/scoring/ruleset.ts";
import { sayDate, sayNumber, sayObservation, wordsOf } from "../../src/scoring/words.ts";

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
