import { allObjectTypes, type ObjectType } from "./object-types.ts";
import type { Author } from "./portal.ts";
import { createSortedIds, type SortedIds } from "./sorted-ids.ts";

/** A value that a property was given (null: cleared), by whom and when. */
export type PastValue = { value: string | null; author: Author };

/**
 * One CRM record. `properties` holds what was written, normalised; a cleared or never written one is absent.
 * The three system properties (created, last modified, hs_object_id) are not in it: they follow the fields here.
 */
export type PortalRecord = {
  type: ObjectType;
  id: string;
  properties: Record<string, string>;
  /** The latest values of each property that was written, the newest first. */
  history: Record<string, PastValue[]>;
  createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
};

export type RecordStore = {
  /** The record, archived or not; for an id that was merged away, the record that it went into. */
  find(type: ObjectType, id: string): PortalRecord | undefined;
  findLive(type: ObjectType, id: string): PortalRecord | undefined;
  /** Gives the next id of the type: they grow, as HubSpot's do within a portal, and are above 2^31. */
  nextId(type: ObjectType): string;
  put(record: PortalRecord): void;
  archive(record: PortalRecord, at: number): void;
  restore(record: PortalRecord): void;
  /** Takes a record out for good. */
  remove(record: PortalRecord): void;
  /** From now on the id, which no record has any more, leads to another one. */
  putMerged(merged: MergedId): void;
  /** Every id that was merged away. */
  merged(): Iterable<MergedId>;
  /** To be called before the fields of a record that was put are changed. */
  beforeChange(record: PortalRecord): void;
  /** Calls the listener before each change of a record; `isNew`: before it there was none. */
  watch(listener: (record: PortalRecord, isNew: boolean) => void): void;
  /** Live (or archived) records in order of id, from `firstId` (included) on. */
  page(type: ObjectType, firstId: number, limit: number, archived: boolean): PortalRecord[];
  /** Every live record of the type in order of id. */
  live(type: ObjectType): Iterable<PortalRecord>;
  /** Live and archived. */
  all(): Iterable<PortalRecord>;
  count(type: ObjectType): number;
};

/** An id that was merged away and the id of the record that came of it, which may have been merged away in its turn. */
export type MergedId = { typeId: string; id: string; into: string };

type Shelf = {
  byId: Map<string, PortalRecord>;
  live: SortedIds;
  archived: SortedIds;
  mergedInto: Map<string, string>;
  lastId: number;
};

const FIRST_ID = 18_000_000_000;
const SPACE_PER_TYPE = 10_000_000_000;
/** HubSpot's ids have gaps; a client that counts on neighbours should fail here too. */
const ID_STEP = 7;

export function createRecordStore(): RecordStore {
  const shelves = new Map<string, Shelf>(
    allObjectTypes.map((type, index) => [
      type.id,
      {
        byId: new Map(),
        live: createSortedIds(),
        archived: createSortedIds(),
        mergedInto: new Map(),
        lastId: FIRST_ID + index * SPACE_PER_TYPE,
      },
    ]),
  );
  const watchers: ((record: PortalRecord, isNew: boolean) => void)[] = [];
  const shelfOf = ({ id }: { id: string }): Shelf => {
    const shelf = shelves.get(id);
    if (!shelf) throw new TypeError(`no shelf for object type ${id}`);
    return shelf;
  };
  const warn = (record: PortalRecord, isNew = false) => {
    for (const watcher of watchers) watcher(record, isNew);
  };
  const recordsOf = (shelf: Shelf, ids: readonly number[]) => ids.flatMap((id) => shelf.byId.get(String(id)) ?? []);
  const find = (type: ObjectType, id: string) => {
    const { byId, mergedInto } = shelfOf(type);
    let current: string | undefined = id;
    while (current !== undefined && !byId.has(current)) current = mergedInto.get(current);
    return current === undefined ? undefined : byId.get(current);
  };

  return {
    find,
    findLive: (type, id) => {
      const record = find(type, id);
      return record?.archivedAt === null ? record : undefined;
    },
    nextId: (type) => {
      const shelf = shelfOf(type);
      shelf.lastId += ID_STEP;
      return String(shelf.lastId);
    },
    put: (record) => {
      const shelf = shelfOf(record.type);
      warn(record, true);
      shelf.byId.set(record.id, record);
      (record.archivedAt === null ? shelf.live : shelf.archived).add(Number(record.id));
      shelf.lastId = Math.max(shelf.lastId, Number(record.id));
    },
    archive: (record, at) => {
      const shelf = shelfOf(record.type);
      warn(record);
      record.archivedAt = at;
      shelf.live.remove(Number(record.id));
      shelf.archived.add(Number(record.id));
    },
    restore: (record) => {
      const shelf = shelfOf(record.type);
      warn(record);
      record.archivedAt = null;
      shelf.archived.remove(Number(record.id));
      shelf.live.add(Number(record.id));
    },
    remove: (record) => {
      const shelf = shelfOf(record.type);
      warn(record);
      shelf.byId.delete(record.id);
      shelf.live.remove(Number(record.id));
      shelf.archived.remove(Number(record.id));
    },
    putMerged: ({ typeId, id, into }) => void shelfOf({ id: typeId }).mergedInto.set(id, into),
    merged: function* () {
      for (const [typeId, { mergedInto }] of shelves) for (const [id, into] of mergedInto) yield { typeId, id, into };
    },
    beforeChange: warn,
    watch: (listener) => void watchers.push(listener),
    page: (type, firstId, limit, archived) => {
      const shelf = shelfOf(type);
      return recordsOf(shelf, (archived ? shelf.archived : shelf.live).page(firstId, limit));
    },
    live: function* (type) {
      const shelf = shelfOf(type);
      for (const id of shelf.live.all()) {
        const record = shelf.byId.get(String(id));
        if (record) yield record;
      }
    },
    all: function* () {
      for (const shelf of shelves.values()) yield* shelf.byId.values();
    },
    count: (type) => shelfOf(type).live.size,
  };
}
