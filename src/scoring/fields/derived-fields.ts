import { instantOfText } from "../time/calendar.ts";
import type { PropertyValues, Source } from "../facts.ts";
import { stageKey, type Moment } from "../time/moment.ts";
import { propertyValue } from "./property-value.ts";

const HOUR_MS = 3_600_000;

export type FieldValue = string | number | boolean | null;

/** A field that is worked out from other properties of the same record, under a name that rules use like a property. */
export type DerivedField = {
  needs: readonly string[];
  /** True for day counts that grow by one every night: words name the date they began, never the count. */
  countsUp: boolean;
  /** True where the field is a truth: it is compared with `true` or `false` and nothing else. */
  isTruth: boolean;
  read: (record: PropertyValues, moment: Moment) => FieldValue;
};

const isOpenTicket: DerivedField = {
  needs: ["hs_pipeline", "hs_pipeline_stage"],
  countsUp: false,
  isTruth: true,
  read: ({ hs_pipeline, hs_pipeline_stage }, moment) =>
    hs_pipeline && hs_pipeline_stage ? !moment.closedStages.has(stageKey(hs_pipeline, hs_pipeline_stage)) : null,
};

/** HubSpot has no "overdue" status: it is an open invoice with a balance whose due date lies before today. */
const daysOverdue: DerivedField = {
  needs: ["hs_invoice_status", "hs_due_date", "hs_balance_due"],
  countsUp: true,
  isTruth: false,
  read: ({ hs_invoice_status, hs_due_date, hs_balance_due }, moment) => {
    if (!hs_invoice_status || !hs_due_date) return null;
    if (hs_invoice_status !== "open") return 0;
    if (!hs_balance_due) return null;
    if (!(Number(hs_balance_due) > 0)) return 0;
    const dueDay = moment.calendar.dayOfText(hs_due_date);
    return dueDay === null ? null : Math.max(0, moment.today - dueDay);
  },
};

/** The derived fields by source and name; a real property of such a name is written `property.<name>`. */
const derivedFields: Readonly<Record<Source, Readonly<Record<string, DerivedField>>>> = {
  contacts: {},
  tickets: {
    open: isOpenTicket,
    /** Days since an open ticket was made. */
    age_days: {
      needs: ["createdate", ...isOpenTicket.needs],
      countsUp: true,
      isTruth: false,
      read: (record, moment) => {
        if (isOpenTicket.read(record, moment) !== true || !record.createdate) return null;
        const created = moment.calendar.dayOfText(record.createdate);
        return created === null ? null : moment.today - created;
      },
    },
    hours_to_close: {
      needs: ["createdate", "closed_date"],
      countsUp: false,
      isTruth: false,
      read: ({ createdate, closed_date }) => {
        const created = createdate ? instantOfText(createdate) : null;
        const closed = closed_date ? instantOfText(closed_date) : null;
        return created === null || closed === null ? null : (closed - created) / HOUR_MS;
      },
    },
  },
  invoices: {
    overdue: {
      needs: daysOverdue.needs,
      countsUp: false,
      isTruth: true,
      read: (record, moment) => {
        const days = daysOverdue.read(record, moment);
        return days === null ? null : Number(days) > 0;
      },
    },
    days_overdue: daysOverdue,
    /** Days from due to paid of a paid invoice; negative where it was paid early. */
    days_late: {
      needs: ["hs_due_date", "hs_payment_date"],
      countsUp: false,
      isTruth: false,
      read: ({ hs_due_date, hs_payment_date }, { calendar }) => {
        const due = hs_due_date ? calendar.dayOfText(hs_due_date) : null;
        const paid = hs_payment_date ? calendar.dayOfText(hs_payment_date) : null;
        return due === null || paid === null ? null : paid - due;
      },
    },
  },
  deals: {
    won: truthOf("hs_is_closed_won", (won) => won === "true"),
    /** A deal that nobody has closed yet has no such property, or a false one. */
    open: truthOf("hs_is_closed", (closed) => closed !== "true"),
  },
  subscriptions: {
    active: truthOf("hs_status", (status) => (status === null ? null : status === "active")),
  },
  feedback: {},
};

function truthOf(property: string, holds: (value: string | null) => boolean | null): DerivedField {
  return {
    needs: [property],
    countsUp: false,
    isTruth: true,
    read: (record) => holds(propertyValue(record, property)),
  };
}

const DAYS_BETWEEN = /^days_between\(([^(),]+),([^(),]+)\)$/;

/** The two properties that `days_between(a, b)` names; null where the field is none of that form. */
export function parseDaysBetween(field: string): [from: string, to: string] | null {
  const [, from = "", to = ""] = DAYS_BETWEEN.exec(field)?.map((part) => part.trim()) ?? [];
  return from && to ? [from, to] : null;
}

/** Days from one date of a record to another of it, by the calendar; negative where the second is the earlier. */
function daysBetween(from: string, to: string): DerivedField {
  return {
    needs: [from, to],
    countsUp: false,
    isTruth: false,
    read: (record, { calendar }) => {
      const [start, end] = [from, to].map((property) => {
        const date = propertyValue(record, property);
        return date === null ? null : calendar.dayOfText(date);
      });
      return typeof start === "number" && typeof end === "number" ? end - start : null;
    },
  };
}

/**
 * The derived field of a name or of `days_between(a, b)`, the one that a company has too; undefined where the name is
 * that of a property, `constructor` among them.
 */
export function derivedFieldOf(source: Source | "company", field: string): DerivedField | undefined {
  const dates = parseDaysBetween(field);
  if (dates) return daysBetween(...dates);
  if (source === "company") return undefined;
  return Object.hasOwn(derivedFields[source], field) ? derivedFields[source][field] : undefined;
}

/** The names of a source's derived fields. */
export function derivedNamesOf(source: Source): string[] {
  return Object.keys(derivedFields[source]);
}

/** The prefix that names a real property where a derived field has the same name. */
export const PROPERTY_PREFIX = "property.";

/** The HubSpot properties that a field is read from. */
export function propertiesOfField(source: Source | "company", field: string): readonly string[] {
  if (field.startsWith(PROPERTY_PREFIX)) return [field.slice(PROPERTY_PREFIX.length)];
  return derivedFieldOf(source, field)?.needs ?? [field];
}
