/** Property values as HubSpot sends them: text, or null where nothing is set. */
export type PropertyValues = Readonly<Record<string, string | null>>;

/** The record types that belong to a company, by the plural names that rules use. */
export const sources = ["contacts", "tickets", "invoices", "deals", "subscriptions", "feedback"] as const;
export type Source = (typeof sources)[number];

/** A value that a property had from an instant (ms since the epoch) on. */
export type PastValue = { at: number; value: string | null };

/**
 * All that is known of one company when it is scored. A source is null where it cannot be read (no scope): then nothing
 * is known of it, which is not the same as there being none.
 */
export type Facts = {
  companyId: string;
  company: PropertyValues;
  /** Records that belong to other companies and are linked to this one too. */
  linked: Readonly<Partial<Record<Source, readonly PropertyValues[]>>>;
  /** What the company's properties were, oldest first, the standing value last; only those that signals look back on. */
  history: Readonly<Record<string, readonly PastValue[]>>;
} & Readonly<Record<Source, readonly PropertyValues[] | null>>;
