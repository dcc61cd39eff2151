import type { z } from "zod";
import { currentPath } from "../../../src/hubspot/api-paths.ts";
import { accountOperations } from "./account-operations.ts";
import { bodySchema, declaredSchema, queryValueSchema } from "./declared-schema.ts";
import { type Field, type Operation, readOperations, type SdkPart } from "./sdk-declarations.ts";

/** One kind of call as it looks on the wire. */
export type WireOperation = {
  /** null: the SDK does not know it. */
  part: SdkPart | null;
  method: string;
  /** As `/crm/v3/objects/{objectType}`. */
  path: string;
  query: ReadonlyMap<string, z.ZodType<string>>;
  /** null: nothing may be sent. */
  body(): z.ZodType | null;
  /** null: nothing is answered. */
  answer(status: number): z.ZodType | null;
};

export type FoundOperation = { operation: WireOperation; params: Record<string, string> };

const APIS: [SdkPart, string][] = [
  ["objects", "BasicApi"],
  ["objects", "BatchApi"],
  ["objects", "SearchApi"],
  // Merges and, of contacts, the deletion for privacy.
  ["companies", "AdvancedApi"],
  ["contacts", "AdvancedApi"],
  ["tickets", "AdvancedApi"],
  ["associations/v4", "BasicApi"],
  ["associations/v4", "BatchApi"],
  ["properties", "CoreApi"],
  ["properties", "BatchApi"],
  ["properties", "GroupsApi"],
  ["pipelines", "PipelinesApi"],
  ["pipelines", "PipelineStagesApi"],
  ["owners", "OwnersApi"],
];
const SIMPLE = new Set(["string", "number", "boolean", "Array<string>"]);

let operations: WireOperation[] | undefined;

/** The operation that a request calls; undefined where HubSpot has none. Fixed segments go before parameters. */
export function findOperation(method: string, path: string): FoundOperation | undefined {
  operations ??= [
    ...accountOperations,
    ...APIS.flatMap(([part, api]) => readOperations(part, api)).map(toWireOperation),
  ].sort((a, b) => parametersIn(a) - parametersIn(b));
  for (const operation of operations) {
    const params = operation.method === method ? matchPath(operation.path, path) : undefined;
    if (params) return { operation, params };
  }
  return undefined;
}

function toWireOperation(declared: Operation): WireOperation {
  const { part, method, path, parameters, answers } = declared;
  const others = parameters.filter(({ name }) => !path.includes(`{${name}}`));
  const body = others.find(isModel);
  const query = others.filter((parameter) => !isModel(parameter));
  return {
    part,
    method,
    path: currentPath(path),
    query: new Map(query.map((field) => [field.name, queryValueSchema(field)])),
    body: () => (body ? bodySchema(part, body) : null),
    answer(status) {
      if (status >= 400) return declaredSchema(part, "ModelError", "answer");
      const isInPart = status === 207;
      const name = answers.find((each) => answers.length === 1 || each.endsWith("WithErrors") === isInPart);
      return name === undefined || name === "void" ? null : declaredSchema(part, name, "answer");
    },
  };
}

function isModel({ type }: Field): boolean {
  const text = type.getText();
  return !SIMPLE.has(text) && !text.startsWith("'");
}

function parametersIn({ path }: WireOperation): number {
  return path.split("{").length;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split("/");
  const segments = path.replace(/\/$/, "").split("/");
  if (segments.length !== expected.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const [, name] = /^\{(\w+)\}$/.exec(expected[index] ?? "") ?? [];
    if (name !== undefined && segment !== "") params[name] = decodeURIComponent(segment);
    else if (segment !== expected[index]) return undefined;
  }
  return params;
}
