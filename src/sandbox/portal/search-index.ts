import type { ObjectType } from "./object-types.ts";
import type { PortalRecord, RecordStore } from "./record-store.ts";

/** What searches see of the records. */
export type SearchIndex = {
  /** The live records of a type as searches show them, in order of id. */
  live(type: ObjectType): Iterable<PortalRecord>;
  /**
   * From now on searches show records as they were `lagMs` ago: new ones not yet, deleted ones still, old values. It is
   * real time that counts: HubSpot's indexing takes it whatever a record's dates say, and a portal whose clock stands
   * still catches up all the same.
   */
  lagBehind(lagMs: number, monotonicMs: () => number): void;
};

/** A record (null: none) as it was until a change at `untilMs`. */
type Past = { typeId: string; id: string; untilMs: number; image: PortalRecord | null };

export function createSearchIndex(records: RecordStore): SearchIndex {
  let lagMs = 0;
  let now = () => 0;
  /** In order of time. Only what the lag still needs. */
  const pasts: Past[] = [];

  const forgetSeen = () => {
    const firstUnseen = pasts.findIndex(({ untilMs }) => untilMs > now() - lagMs);
    pasts.splice(0, firstUnseen === -1 ? pasts.length : firstUnseen);
  };

  records.watch((record, isNew) => {
    if (lagMs === 0) return;
    forgetSeen();
    const image = isNew ? null : { ...record, properties: { ...record.properties } };
    pasts.push({ typeId: record.type.id, id: record.id, untilMs: now(), image });
  });

  return {
    live: (type) => {
      forgetSeen();
      const unseen = new Map<string, PortalRecord | null>();
      for (const { typeId, id, image } of pasts) if (typeId === type.id && !unseen.has(id)) unseen.set(id, image);
      return unseen.size === 0 ? records.live(type) : showOlder(records.live(type), unseen);
    },
    lagBehind: (wantedMs, monotonicMs) => {
      lagMs = wantedMs;
      now = monotonicMs;
    },
  };
}

function showOlder(live: Iterable<PortalRecord>, unseen: ReadonlyMap<string, PortalRecord | null>): PortalRecord[] {
  const images = [...unseen.values()].filter((image) => image?.archivedAt === null);
  const unchanged = [...live].filter(({ id }) => !unseen.has(id));
  return [...unchanged, ...images.filter((image) => image !== null)].sort((a, b) => Number(a.id) - Number(b.id));
}
