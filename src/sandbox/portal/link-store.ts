import type { ObjectType } from "./object-types.ts";

/** One end of a link. */
export type RecordRef = { type: ObjectType; id: string };

/** The links of one record to one type: the other record's id, and the association type ids seen from this end. */
export type LinksOfRecord = ReadonlyMap<string, readonly number[]>;

export type LinkStore = {
  of(from: RecordRef, toType: ObjectType): LinksOfRecord;
  typesBetween(from: RecordRef, to: RecordRef): readonly number[];
  /** Sets this end's list of association types; an empty list removes the link. The caller sets the other end. */
  setTypes(from: RecordRef, to: RecordRef, typeIds: readonly number[]): void;
  /** Both ends of every link, each as it was set. */
  all(): Iterable<{ fromTypeId: string; toTypeId: string; fromId: string; links: LinksOfRecord }>;
};

const NONE: LinksOfRecord = new Map();

/** Links indexed from either end, so that neither a company's tickets nor a ticket's companies need a scan. */
export function createLinkStore(): LinkStore {
  const pairs = new Map<string, Map<string, Map<string, readonly number[]>>>();
  const pairKey = (from: ObjectType, to: ObjectType) => `${from.id}>${to.id}`;
  const of = (from: RecordRef, toType: ObjectType): LinksOfRecord =>
    pairs.get(pairKey(from.type, toType))?.get(from.id) ?? NONE;

  return {
    of,
    typesBetween: (from, to) => of(from, to.type).get(to.id) ?? [],
    setTypes: (from, to, typeIds) => {
      const key = pairKey(from.type, to.type);
      const pair = pairs.get(key) ?? new Map<string, Map<string, readonly number[]>>();
      const links = pair.get(from.id) ?? new Map<string, readonly number[]>();
      if (typeIds.length > 0) links.set(to.id, typeIds);
      else links.delete(to.id);
      if (links.size > 0) pair.set(from.id, links);
      else pair.delete(from.id);
      pairs.set(key, pair);
    },
    all: function* () {
      for (const [key, pair] of pairs) {
        const [fromTypeId = "", toTypeId = ""] = key.split(">");
        for (const [fromId, links] of pair) yield { fromTypeId, toTypeId, fromId, links };
      }
    },
  };
}
