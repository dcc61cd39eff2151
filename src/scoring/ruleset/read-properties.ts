import { propertiesOfField } from "../fields/derived-fields.ts";
import { sources, type Source } from "../facts.ts";
import type { Condition } from "./field-test.ts";
import { currencyReadBy } from "../fields/money.ts";
import { historyPropertyOf } from "../signals/past-values.ts";
import type { Play } from "./play.ts";
import type { Ruleset } from "./ruleset.ts";
import type { SignalSource } from "./signal.ts";
import { companyPropertiesOf } from "../words/task-text.ts";

/**
 * The HubSpot properties that a ruleset reads, sorted, per place it reads them from. `history` are the company
 * properties that it looks back on; they stand in `company` too.
 */
export type ReadProperties = Record<"company" | Source | "history", string[]>;

/** Tasks name the company and go to its owner, whatever the rules read. */
const ALWAYS_OF_COMPANY = ["name", "hubspot_owner_id"];

type ReadField = { source: "company" | Source; field: string };

export function readPropertiesOf(ruleset: Ruleset): ReadProperties {
  const fields = [
    ...ALWAYS_OF_COMPANY.map(ofCompany),
    ...fieldsOfCustomers(ruleset.customers),
    ...ruleset.signals.flatMap(fieldsOfSignal),
    ...ruleset.scores.flatMap(({ override }) => (override ? Object.values(override).map(ofCompany) : [])),
    ...ruleset.plays.flatMap(fieldsOfPlay),
  ];
  const read = (place: "company" | Source) =>
    sorted(fields.flatMap(({ source, field }) => (source === place ? propertiesOfField(source, field) : [])));
  const ofSources = Object.fromEntries(sources.map((source) => [source, read(source)])) as Record<Source, string[]>;
  return { company: read("company"), ...ofSources, history: sorted(ruleset.signals.flatMap(historyOfSignal)) };
}

function sorted(properties: readonly string[]): string[] {
  return [...new Set(properties)].toSorted();
}

function ofCompany(field: string): ReadField {
  return { source: "company", field };
}

function fieldsOfCustomers({ where, churned, since, value, renewal }: Ruleset["customers"]): ReadField[] {
  const named = [since, value, renewal].filter((property) => property !== null);
  return [...fieldsOf("company", where), ...fieldsOf("company", churned ?? []), ...named.map(ofCompany)];
}

function fieldsOf(source: "company" | Source, condition: Condition): ReadField[] {
  return condition.map(({ field }) => ({ source, field }));
}

function fieldsOfSignal(signal: SignalSource): ReadField[] {
  if (signal.kind === "ratio" || signal.kind === "product") return [];
  if (!("of" in signal)) {
    const by = signal.kind === "value" ? signal.by : null;
    return [signal.property, by].filter((field) => field !== null).map(ofCompany);
  }
  if (signal.of === "company") return [ofCompany(signal.field)];
  const { of } = signal;
  const fields = [
    "field" in signal ? signal.field : null,
    "by" in signal ? signal.by : null,
    "decay" in signal ? (signal.decay?.by ?? null) : null,
    "currency" in signal ? currencyReadBy(of, signal.field, signal.currency) : null,
  ].filter((field) => field !== null);
  return [
    ...fields.map((field) => ({ source: of, field })),
    ...fieldsOf(of, signal.where),
    ...("matching" in signal ? fieldsOf(of, signal.matching) : []),
  ];
}

function historyOfSignal(signal: SignalSource): string[] {
  const isLookedBackOn =
    signal.kind === "change" ||
    signal.kind === "trend" ||
    (signal.kind === "value" && signal.expires !== null && signal.by === null);
  const property = isLookedBackOn ? historyPropertyOf(signal.property) : null;
  return property === null ? [] : [property];
}

function fieldsOfPlay({ task }: Play): ReadField[] {
  const goesToContact = [task, ...task.escalations].some(({ owner }) => owner?.kind === "contact");
  return [
    ...[task.subject, task.body].flatMap(companyPropertiesOf).map(ofCompany),
    ...(goesToContact ? [{ source: "contacts" as const, field: "hubspot_owner_id" }] : []),
  ];
}
