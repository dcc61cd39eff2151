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
  /** The record, archived or not. */
  find(type: ObjectType, id: string): PortalRecord | undefined;
  findLive(type: ObjectType, id: string): PortalRecord | undefined;
  /** Gives the next id of the type: they grow, as HubSpot's do within a portal, and are above 2^31. */
  nextId(type: ObjectType): string;
  put(record: PortalRecord): void;
  archive(record: PortalRecord, at: number): void;
  /** Live (or archived) records in order of id, from `firstId` (included) on. */
  page(type: ObjectType, firstId: number, limit: number, archived: boolean): PortalRecord[];
  /** Every live record of the type in order of id. */
  live(type: ObjectType): Iterable<PortalRecord>;
  /** Live and archived. */
  all(): Iterable<PortalRecord>;
  count(type: ObjectType): number;
};

type Shelf = { byId: Map<string, PortalRecord>; live: SortedIds; archived: SortedIds; lastId: number };

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
        lastId: FIRST_ID + index * SPACE_PER_TYPE,
      },
    ]),
  );
  const shelfOf = (type: ObjectType): Shelf => {
    const shelf = shelves.get(type.id);
    if (!shelf) throw new TypeError(`no shelf for object type ${type.id}`);
    return shelf;
  };
  const recordsOf = (shelf: Shelf, ids: readonly number[]) => ids.flatMap((id) => shelf.byId.get(String(id)) ?? []);
  const find = (type: ObjectType, id: string) => shelfOf(type).byId.get(id);

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
      shelf.byId.set(record.id, record);
      (record.archivedAt === null ? shelf.live : shelf.archived).add(Number(record.id));
      shelf.lastId = Math.max(shelf.lastId, Number(record.id));
    },
    archive: (record, at) => {
      const shelf = shelfOf(record.type);
      record.archivedAt = at;
      shelf.live.remove(Number(record.id));
      shelf.archived.add(Number(record.id));
    },
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
