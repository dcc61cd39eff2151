import { InvalidArgumentError } from "commander";

/** A parser for an option that takes a date; commander names the option in its message. */
export function parseDate(text: string): string {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError("Allowed is a date such as 2026-10-01.");
}
