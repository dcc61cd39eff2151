import { z } from "zod";
import { shapesIn } from "./by-shape.ts";
import { RuleFile } from "./rule-file.ts";

/**
 * The shape of a rule file as JSON Schema, for editors. It knows no more than the shape: what the names of a file mean
 * together is for `check` alone.
 */
export function rulesJsonSchema(): Record<string, unknown> {
  return { ...jsonSchemaOf(RuleFile), title: "Customer health rules" };
}

function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const json = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    reused: "inline",
    override({ zodSchema, jsonSchema }) {
      const shapes = shapesIn(zodSchema);
      if (!shapes) return;
      jsonSchema.anyOf = shapes.map((shape) => {
        const inner = jsonSchemaOf(shape);
        // Only the whole says of which version it is.
        Reflect.deleteProperty(inner, "$schema");
        return inner;
      });
    },
  });
  return json;
}
