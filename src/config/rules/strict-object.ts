import { z } from "zod";
import { sayFound } from "./say-found.ts";

/** An object of known keys alone. The message about an unknown key is the names of those that are allowed. */
export function strictObject<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const allowed = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? allowed
        : `expected a group of keys (${allowed}), found ${sayFound(issue.input)}`,
  });
}

/** A group of at least one key, whose keys the author of the file chooses. */
export function namedGroup<Value extends z.core.SomeType>(key: z.core.$ZodRecordKey, value: Value, what: string) {
  return z
    .record(key, value, {
      error: (issue) =>
        issue.code === "invalid_key"
          ? (issue.issues[0]?.message ?? `expected another name in ${what}`)
          : `expected ${what}, found ${sayFound(issue.input)}`,
    })
    .refine((group) => Object.keys(group).length > 0, { error: `expected ${what}, found none` })
    .meta({ minProperties: 1 });
}

/** A list of things that are called `what`. */
export function listOf<Item extends z.core.SomeType>(item: Item, what: string) {
  return z.array(item, { error: (issue) => `expected a list of ${what}, found ${sayFound(issue.input)}` });
}

/** A list of at least one. */
export function fullListOf<Item extends z.core.SomeType>(item: Item, what: string) {
  return listOf(item, what).min(1, `expected a list of ${what}, found none`);
}
