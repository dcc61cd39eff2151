import type { Language } from "../scoring/ruleset/ruleset.ts";

/** A label and, beneath it, what HubSpot's users read about a property. */
type Said = { label: string; description: string };

type PropertyWords = {
  group: string;
  taskKey: Said;
  score: Said;
  band: Said;
  coverage: Said;
  reasons: Said;
  change: Said;
  scoredAt: Said;
  phase: Said;
  quartile: Said;
  /** Its label is the dimension's. */
  dimension: string;
};

/** What our properties are called in HubSpot, in a language of the rules; the label of the score goes before. */
export const propertyWords: Record<Language, PropertyWords> = {
  en: {
    group: "Customer health",
    taskKey: {
      label: "Customer health key",
      description: "Tells this task from every other, so that it is never made twice. Leave it as it is.",
    },
    score: { label: "score", description: "0 to 100; 100 is healthiest." },
    band: { label: "band", description: "Unknown: too little is known for a score." },
    coverage: { label: "coverage", description: "Percent of the rules' weight that was known." },
    reasons: { label: "reasons", description: "What takes the most from the score." },
    change: { label: "change in 30 days", description: "Points." },
    scoredAt: { label: "scored at", description: "When these values were decided." },
    phase: { label: "phase", description: "Whose rules the customer is scored by; blank: the score's own." },
    quartile: { label: "placement", description: "Where the customer stands among all that have a score." },
    dimension: "0 to 100; 100 is healthiest.",
  },
  nb: {
    group: "Kundehelse",
    taskKey: {
      label: "Nøkkel for kundehelse",
      description: "Skiller denne oppgaven fra alle andre, så den aldri lages to ganger. La den stå som den er.",
    },
    score: { label: "poeng", description: "0 til 100; 100 er sunnest." },
    band: { label: "nivå", description: "Ukjent: for lite er kjent til å gi poeng." },
    coverage: { label: "dekning", description: "Prosent av reglenes vekt som var kjent." },
    reasons: { label: "årsaker", description: "Det som trekker mest fra poengene." },
    change: { label: "endring på 30 dager", description: "Poeng." },
    scoredAt: { label: "beregnet", description: "Når disse verdiene ble bestemt." },
    phase: { label: "fase", description: "Hvilken fases regler kunden vurderes etter; tom: de vanlige." },
    quartile: { label: "plassering", description: "Hvor kunden står blant alle som har poeng." },
    dimension: "0 til 100; 100 er sunnest.",
  },
  da: {
    group: "Kundesundhed",
    taskKey: {
      label: "Nøgle til kundesundhed",
      description: "Skiller denne opgave fra alle andre, så den aldrig oprettes to gange. Lad den stå, som den er.",
    },
    score: { label: "point", description: "0 til 100; 100 er sundest." },
    band: { label: "niveau", description: "Ukendt: der vides for lidt til at give point." },
    coverage: { label: "dækning", description: "Procent af reglernes vægt, som var kendt." },
    reasons: { label: "årsager", description: "Det, der trækker mest fra pointene." },
    change: { label: "ændring på 30 dage", description: "Point." },
    scoredAt: { label: "beregnet", description: "Hvornår disse værdier blev besluttet." },
    phase: { label: "fase", description: "Hvilken fases regler kunden vurderes efter; tom: de almindelige." },
    quartile: { label: "placering", description: "Hvor kunden står blandt alle, der har point." },
    dimension: "0 til 100; 100 er sundest.",
  },
};
