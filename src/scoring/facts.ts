/** Property values as HubSpot sends them: text, or null where nothing is set. */
export type PropertyValues = Readonly<Record<string, string | null>>;

/** The record types that belong to a company, by the plural names that rules use. */
export const sources = ["contacts", "tickets", "invoices"] as const;
export type Source = (typeof sources)[number];

/**
 * All that is known of one company when it is scored. A source is null where it cannot be read (no scope): then nothing
 * is known of it, which is not the same as there being none.
 */
export type Facts = { companyId: string; company: PropertyValues } & Readonly<
  Record<Source, readonly PropertyValues[] | null>
>;
