import { z } from "zod";
import { sayFound } from "./scalars.ts";

/**
 * A value that may be written in several shapes. It is read by the one it has, so that what is wrong inside is told at
 * its own place, where a plain union would only tell that nothing fits.
 */
export function byShape<Text, List = never, Group = never>(
  expected: string,
  shapes: { text: z.ZodType<Text>; list?: z.ZodType<List>; group?: z.ZodType<Group> },
) {
  return z.unknown().transform((found, context): Text | List | Group => {
    const shape = shapeOf(found);
    const schema = shape && shapes[shape];
    if (!schema) {
      context.addIssue({ code: "custom", message: `expected ${expected}, found ${sayFound(found)}` });
      return z.NEVER;
    }
    const parsed = schema.safeParse(found);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const { path, message } = issue;
      if (issue.code === "unrecognized_keys") context.addIssue({ code: issue.code, keys: issue.keys, path, message });
      else context.addIssue({ code: "custom", path, message });
    }
    return z.NEVER;
  });
}

function shapeOf(found: unknown): "text" | "list" | "group" | null {
  if (typeof found === "string") return "text";
  if (Array.isArray(found)) return "list";
  return typeof found === "object" && found !== null ? "group" : null;
}
