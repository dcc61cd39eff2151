import { isMap, isScalar, isSeq, type Document, type LineCounter, type Node, type Pair, type YAMLMap } from "yaml";

/** Where something stands in a YAML text; lines and columns count from 1. */
export type Place = { line: number; column: number };

export type PlaceAt = (path: readonly PropertyKey[], of?: "key" | "value") => Place;

const pairsOf = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

/**
 * The place of a path in a document: of the value, or of the key where `of` says so. Where the path leads to nothing
 * (a key that is missing), the place of the deepest part that is there.
 */
export function locate(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
  of: "key" | "value" = "value",
): Place {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair = pairIn(node, String(step));
      if (!pair) break;
      const keyOffset = offsetOf(pair.key);
      node = pair.value;
      offset = (isLast && of === "key" ? keyOffset : (offsetOf(node) ?? keyOffset)) ?? offset;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = offsetOf(node) ?? offset;
    } else break;
  }
  return placeOf(lines, offset);
}

export function placeOf(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function pairIn(map: YAMLMap, key: string): Pair | undefined {
  let pairs = pairsOf.get(map);
  if (!pairs) {
    pairs = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])));
    pairsOf.set(map, pairs);
  }
  return pairs.get(key);
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
