/** Record ids in ascending order: a page after an id costs a binary search and the page. */
export type SortedIds = {
  add(id: number): void;
  remove(id: number): void;
  /** At most `limit` ids, from `first` (included) on. */
  page(first: number, limit: number): number[];
  readonly size: number;
  all(): readonly number[];
};

export function createSortedIds(): SortedIds {
  const ids: number[] = [];
  const positionOf = (id: number) => {
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] ?? Infinity) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add: (id) => {
      const last = ids.at(-1);
      if (last === undefined || last < id) ids.push(id);
      else if (ids[positionOf(id)] !== id) ids.splice(positionOf(id), 0, id);
    },
    remove: (id) => {
      const position = positionOf(id);
      if (ids[position] === id) ids.splice(position, 1);
    },
    page: (first, limit) => {
      const position = positionOf(first);
      return ids.slice(position, position + limit);
    },
    get size() {
      return ids.length;
    },
    all: () => ids,
  };
}
