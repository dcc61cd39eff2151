/** True for two names of one zone, as `US/Eastern` and `America/New_York`. */
export function isSameZone(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return zone;
  }
}
