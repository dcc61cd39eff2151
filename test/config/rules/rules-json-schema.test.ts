import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parseDocument } from "yaml";
import { rulesJsonSchema } from "../../../src/config/rules/rules-json-schema.ts";
import { shippedFiles } from "../../fuzz/shipped-files.ts";

type Schema = {
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  items?: Schema;
  anyOf?: Schema[];
  description?: string;
};

const schema = rulesJsonSchema() as Schema;

/** The paths of a value that no part of the schema allows. */
function strangersIn(value: unknown, schemas: readonly Schema[], path: string): string[] {
  const shapes = schemas.flatMap((one) => [one, ...(one.anyOf ?? [])]);
  if (Array.isArray(value)) {
    const items = shapes.flatMap(({ items: one }) => one ?? []);
    return value.flatMap((item, index) => strangersIn(item, items, `${path}.${index}`));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const allowed = shapes.flatMap((one) => one.properties?.[key] ?? (one.additionalProperties || []));
    return allowed.length === 0 ? [`${path}.${key}`] : strangersIn(inner, allowed, `${path}.${key}`);
  });
}

function undescribed({ properties = {}, additionalProperties, items, anyOf = [] }: Schema, path: string): string[] {
  const inner = [...anyOf, ...(items ? [items] : []), ...(additionalProperties ? [additionalProperties] : [])];
  return [
    ...Object.entries(properties).flatMap(([key, one]) => [
      ...(one.description === undefined ? [`${path}.${key}`] : []),
      ...undescribed(one, `${path}.${key}`),
    ]),
    ...inner.flatMap((one) => undescribed(one, path)),
  ];
}

describe("the schema for editors", () => {
  it("is the one that the code gives (node scripts/write-schema.mjs)", () => {
    const written: unknown = JSON.parse(
      readFileSync(new URL("../../../config/health.schema.json", import.meta.url), "utf8"),
    );
    expect(written).toEqual(schema);
  });

  it("has every key of the shipped files, and no other", () => {
    const files = shippedFiles().map((text): unknown => parseDocument(text).toJS());
    expect(files.flatMap((file) => strangersIn(file, [schema], ""))).toEqual([]);
    expect(strangersIn({ signals: { a: { valu: 1 } } }, [schema], "")).toEqual([".signals.a.valu"]);
  });

  it("says of every key what it means", () => {
    expect(undescribed(schema, "")).toEqual([]);
  });
});
