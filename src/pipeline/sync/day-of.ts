const DAY_MS = 86_400_000;
const DAYS = 7;

/** The number of the day, 0 to 6, that an instant lies in; days begin at midnight UTC. */
export function dayNumber(now: Date): number {
  return Math.floor(now.getTime() / DAY_MS) % DAYS;
}

/** The day, 0 to 6, on which a record has its turn: always the same, and each has about a seventh of them (FNV-1a). */
export function dayOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash % DAYS;
}
