/** A message with the path that it is about: `scores.health.property: ...`. */
export function withPath(path: readonly PropertyKey[], message: string): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}
