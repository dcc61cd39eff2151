/**
 * A value as JSON that Postgres takes: its jsonb knows neither the character 0 nor half of a surrogate pair, which text
 * has that was cut in the middle of an emoji. No rule could mean either.
 * https://www.postgresql.org/docs/current/datatype-json.html
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === "string" ? inner.replaceAll("\0", "").toWellFormed() : inner,
  );
}
