import { builtInSignals } from "../scoring/ruleset/signal.ts";
import { readPropertiesOf, type ReadProperties } from "../scoring/ruleset/read-properties.ts";
import { readSources } from "../scoring/ruleset/read-sources.ts";
import type { Ruleset } from "../scoring/ruleset/ruleset.ts";
import type { MirrorState } from "./mirror-state.ts";
import { sourceOfType } from "./record-sources.ts";
import { childTypes } from "./store-port.ts";

/** What a ruleset asks for and the mirror does not hold. */
export type Unmirrored = {
  /** Signals and built-ins that cannot be read from the mirror. */
  signals: string[];
  /** `company.seats`, `tickets.subject`, `deals`: what is missing, sorted. */
  fields: string[];
  /** The company properties among them by which customers are told from others. */
  customers: string[];
};

/**
 * Finds what the mirror lacks for a ruleset, signal by signal. A type that the token may not read is not missing: its
 * signals are unknown, and will be.
 */
export function findUnmirrored(ruleset: Ruleset, state: MirrorState): Unmirrored {
  const lacking = (part: Partial<Ruleset>) => {
    const rules = { ...ruleset, ...NOTHING, ...part };
    return missingFields(readPropertiesOf(rules), readSources(rules), state);
  };
  const signals = ruleset.signals.map((signal) => ({ name: signal.name, fields: lacking({ signals: [signal] }) }));
  const { since, renewal, where, churned } = ruleset.customers;
  for (const [name, property] of [
    [builtInSignals[0], since],
    [builtInSignals[1], renewal],
  ] as const) {
    if (property !== null) signals.push({ name, fields: lacking({ customers: { ...NO_CUSTOMERS, since: property } }) });
  }
  const customers = lacking({ customers: { ...NO_CUSTOMERS, where, churned } });
  const scores = lacking({ scores: ruleset.scores });
  return {
    signals: signals.filter(({ fields }) => fields.length > 0).map(({ name }) => name),
    fields: [...new Set([...signals.flatMap(({ fields }) => fields), ...customers, ...scores])].toSorted(),
    customers,
  };
}

const NO_CUSTOMERS: Ruleset["customers"] = { where: [], churned: null, since: null, value: null, renewal: null };
const NOTHING = { customers: NO_CUSTOMERS, signals: [], scores: [], plays: [] };

function missingFields(
  reads: ReadProperties,
  read: ReturnType<typeof readSources>,
  { properties, histories, unreadable }: MirrorState,
): string[] {
  const company = properties.company ?? [];
  const missing = reads.company.filter((name) => !company.includes(name)).map((name) => `company.${name}`);
  for (const name of reads.history) if (!histories.includes(name)) missing.push(`the past of company.${name}`);
  for (const type of childTypes) {
    const source = sourceOfType[type];
    if (!read.has(source) || unreadable.includes(type)) continue;
    const mirrored = properties[type];
    if (!mirrored) missing.push(source);
    else for (const name of reads[source]) if (!mirrored.includes(name)) missing.push(`${source}.${name}`);
  }
  return missing;
}
