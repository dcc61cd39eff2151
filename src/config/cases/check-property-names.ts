import { sources, type Source } from "../../scoring/facts.ts";
import { derivedNamesOf, propertiesOfField } from "../../scoring/fields/derived-fields.ts";
import { currencyReadBy } from "../../scoring/fields/money.ts";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import { readPropertiesOf } from "../../scoring/ruleset/read-properties.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import type { CaseText } from "./case-file.ts";
import type { ReportCase } from "./parse-cases.ts";

/** What a person may write of any record to tell whose it is. */
const ALWAYS = ["name", "hubspot_owner_id"];

/** What derived fields are made of and the currency of amounts make a record whole, whether or not a rule asks for them. */
function partsOf(source: Source): string[] {
  const currency = currencyReadBy(source, "", "any");
  return [
    ...derivedNamesOf(source).flatMap((name) => propertiesOfField(source, name)),
    ...(currency ? [currency] : []),
  ];
}

/** Reports the properties of a case that the rules never read: mistyped ones would count for nothing without a word. */
export function checkPropertyNames(text: CaseText, ruleset: Ruleset, report: ReportCase): void {
  const reads = readPropertiesOf(ruleset);
  function check(
    record: Readonly<Record<string, unknown>>,
    read: readonly string[],
    path: readonly PropertyKey[],
  ): void {
    const known = [...new Set([...read, ...ALWAYS])];
    for (const name of Object.keys(record)) {
      if (known.includes(name)) continue;
      report([...path, name], `the rules never read ${JSON.stringify(name)}${sayNearest(name, known)}`, "key");
    }
  }
  check(text.company ?? {}, reads.company, ["company"]);
  check(text.history ?? {}, reads.company, ["history"]);
  for (const source of sources) {
    for (const [index, record] of (text[source] ?? []).entries()) {
      check(record, [...reads[source], ...partsOf(source)], [source, index]);
    }
  }
}
