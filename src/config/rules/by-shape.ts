import { z } from "zod";
import { sayFound } from "./say-found.ts";

type Shapes = Partial<Record<"text" | "list" | "group", z.ZodType>>;
const shapesOf = new WeakMap<object, readonly z.ZodType[]>();

/**
 * A value that may be written in several shapes. It is read by the one it has, so that what is wrong inside is told at
 * its own place, where a plain union would only tell that nothing fits.
 */
export function byShape<Text, List = never, Group = never>(
  expected: string,
  shapes: { text: z.ZodType<Text>; list?: z.ZodType<List>; group?: z.ZodType<Group> },
) {
  const schema = z.unknown().transform((found, context): Text | List | Group => {
    const shape = shapeOf(found);
    const inner = shape && shapes[shape];
    if (!inner) {
      context.addIssue({ code: "custom", message: `expected ${expected}, found ${sayFound(found)}` });
      return z.NEVER;
    }
    const parsed = inner.safeParse(found);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const { path, message } = issue;
      if (issue.code === "unrecognized_keys") context.addIssue({ code: issue.code, keys: issue.keys, path, message });
      else context.addIssue({ code: "custom", path, message });
    }
    return z.NEVER;
  });
  shapesOf.set(schema, Object.values<z.ZodType>(shapes satisfies Shapes));
  return schema;
}

/** The shapes that a value made by `byShape` may have; undefined for any other schema. */
export function shapesIn(schema: object): readonly z.ZodType[] | undefined {
  return shapesOf.get(schema);
}

function shapeOf(found: unknown): "text" | "list" | "group" | null {
  if (typeof found === "string") return "text";
  if (Array.isArray(found)) return "list";
  return typeof found === "object" && found !== null ? "group" : null;
}
