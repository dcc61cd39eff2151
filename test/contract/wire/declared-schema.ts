import type typescript from "typescript";
import { z } from "zod";
import { readDifferences } from "./recorded-differences.ts";
import { type Field, type Model, parseFields, readModel, type SdkPart } from "./sdk-declarations.ts";

/** Requests must fit what the SDK declares; of answers the recordings are believed where they differ from it. */
export type Direction = "request" | "answer";

const schemas = new Map<string, z.ZodType>();

/**
 * A schema for the JSON that goes over the wire, made from the declaration of the SDK's model: instants are ISO texts,
 * keys that are not declared are refused, and optional means absent, never null.
 */
export function declaredSchema(part: SdkPart, model: string, direction: Direction): z.ZodType {
  const key = `${direction} ${part} ${model}`;
  const known = schemas.get(key);
  if (known) return known;
  const made = modelSchema(part, model, direction);
  schemas.set(key, made);
  return made;
}

/** For a parameter of a query, which the wire carries as text. */
export function queryValueSchema({ type }: Field): z.ZodType<string> {
  const text = type.getText();
  if (text === "number") return z.string().regex(/^\d+$/);
  if (text === "boolean") return z.enum(["true", "false"]);
  if (text === "string" || text === "Array<string>") return z.string().min(1);
  const literals = [...text.matchAll(/'([^']+)'/g)].flatMap(([, literal]) => literal ?? []);
  if (literals.length === 0) throw new TypeError(`No schema for a query's ${text}`);
  return z.enum(literals);
}

/** For the body of a request: a model or a list of one. */
export function bodySchema(part: SdkPart, { type }: Field): z.ZodType {
  const [, element] = /^Array<(.+)>$/.exec(type.getText()) ?? [];
  if (element !== undefined) return z.array(declaredSchema(part, element, "request"));
  return declaredSchema(part, type.getText(), "request");
}

function modelSchema(part: SdkPart, name: string, direction: Direction): z.ZodType {
  const model = readModel(part, name);
  const fields = new Map(model.fields.map((field) => [field.name, field]));
  if (direction === "answer") {
    for (const field of readDifferences(name).flatMap(parseFields)) fields.set(field.name, field);
  }
  const shape = [...fields.values()].map((field): [string, z.ZodType] => {
    const schema = typeSchema(field.type, { part, model, direction });
    return [field.name, field.isOptional ? schema.optional() : schema];
  });
  return z.strictObject(Object.fromEntries(shape));
}

type Place = { part: SdkPart; model: Model; direction: Direction };

function typeSchema(type: typescript.TypeNode, place: Place): z.ZodType {
  const text = type.getText().replaceAll(/\s+/g, " ");
  const [, element] = /^Array<(.+)>$/.exec(text) ?? [];
  if (element !== undefined) return z.array(typeSchema(retype(element), place));
  const [, value] = /^\{ \[key: string\]: (.+?);? \}$/.exec(text) ?? [];
  if (value !== undefined) return z.record(z.string(), typeSchema(retype(value), place));
  const [, nonNull] = /^(.+) \| null$/.exec(text) ?? [];
  if (nonNull !== undefined) return typeSchema(retype(nonNull), place).nullable();
  return namedSchema(text, place);
}

function retype(text: string): typescript.TypeNode {
  const [field] = parseFields(`'piece': ${text}`);
  if (!field) throw new TypeError(`${text} is no type`);
  return field.type;
}

function namedSchema(name: string, { part, model, direction }: Place): z.ZodType {
  switch (name) {
    case "string":
      return z.string();
    case "number":
      return z.number();
    case "boolean":
      return z.boolean();
    case "any":
      return z.unknown();
    case "Date":
      return z.iso.datetime({ offset: true });
  }
  const values = model.enumerations.get(name);
  if (values) return z.enum(values);
  return z.lazy(() => declaredSchema(part, name, direction));
}
