import { parse, stringify } from "yaml";
import type { YamlBlock } from "./yaml-blocks.ts";

type Group = Record<string, unknown>;

const bands = {
  at_risk: { below: "50", colour: "red" },
  watch: { below: "75", colour: "yellow" },
  healthy: { colour: "green" },
};

/** The smallest file in which every other part may be named: two scores, and what the built-in signals and money need. */
const base = {
  name: "Parts of the document",
  language: "en",
  timezone: "Europe/Oslo",
  rates: { NOK: "1", DKK: "1.56", EUR: "11.7" },
  customers: {
    where: { lifecyclestage: "customer" },
    since: "customer_since",
    renewal: "renewal_date",
  },
};

/** The text of a whole rule file around a block of the document, with all signals of the document. */
export function rulesAround({ belongsTo, text }: YamlBlock, signals: Group): string {
  const part = partOf(text);
  const [anySignal] = Object.keys(signals);
  const anyRule = { signal: anySignal, grade: { line: { "0": "0", "1": "100" } } };
  const dimensions = { usage: { weight: "1", rules: belongsTo === "rules" ? part : [anyRule] } };
  const health = { property: "chs_health_score", dimensions, bands, ...(belongsTo === "score" ? (part as Group) : {}) };
  const expansionBands = { later: { below: "75", colour: "grey" }, ready: { colour: "green" } };
  const expansion = { property: "chs_expansion_score", dimensions, bands: expansionBands };
  return stringify(
    {
      ...base,
      signals,
      scores: { health, expansion },
      ...(belongsTo === "plays" ? { plays: part } : {}),
      ...(belongsTo === "top" ? (part as Group) : {}),
    },
    { schema: "failsafe", aliasDuplicateObjects: false },
  );
}

/** A part of a rule file, every scalar as the text that was written. */
export function partOf(text: string): unknown {
  return parse(text, { schema: "failsafe", uniqueKeys: true });
}
