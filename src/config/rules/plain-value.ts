import { isMap, isScalar, isSeq } from "yaml";

/**
 * What a YAML node holds, every scalar as the text that was written; a blank one is an empty text. Aliases are not
 * followed, and a key that would reach an object's prototype is left out: both are refused elsewhere.
 */
export function plainValue(node: unknown): unknown {
  if (isMap(node)) {
    const group: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : "";
      if (name !== "__proto__") group[name] = plainValue(value);
    }
    return group;
  }
  if (isSeq(node)) return node.items.map(plainValue);
  return isScalar(node) && typeof node.value === "string" ? node.value : "";
}
