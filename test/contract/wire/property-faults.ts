import { z } from "zod";
import type { CheckedRequest } from "./exchange-check.ts";
import type { PortalFacts, PropertyFact } from "./portal-facts.ts";

/**
 * HubSpot leaves names that it does not know out of what a read shows. Only this one may be asked for without being
 * there: where the app may not make it, our key lies in the task's body.
 */
const MAY_BE_MISSING = ["chs_key"];

const Names = z.array(z.string());
const Values = z.record(z.string(), z.string());
const Body = z.object({
  properties: z.union([Names, Values]).default([]),
  propertiesWithHistory: Names.default([]),
  inputs: z.array(z.object({ properties: Values.default({}), idProperty: z.string().optional() })).default([]),
  idProperty: z.string().optional(),
  sorts: Names.default([]),
  filterGroups: z.array(z.object({ filters: z.array(z.object({ propertyName: z.string() })) })).default([]),
});

const Shown = z.object({ properties: z.record(z.string(), z.unknown()).default({}) });
const Answer = z.union([z.object({ results: z.array(Shown) }), Shown.transform((shown) => ({ results: [shown] }))]);

/** Property names that the portal does not know, and values that it does not take. */
export function findPropertyFaults(request: CheckedRequest, portal: PortalFacts): string[] {
  const { objectType } = request.params;
  if (objectType === undefined) return [];
  const typeId = portal.findTypeId(objectType);
  if (typeId === undefined) return [`path: unknown type ${objectType}`];
  if (request.operation.part !== "objects") return [];

  const { asked, written } = namesOf(request);
  const unknown = [...new Set(asked)].filter((name) => !portal.findProperty(typeId, name));
  return [
    ...unknown.map((name) => `names the property ${name}, which ${objectType} does not have`),
    ...written.flatMap(([name, value]) => {
      const property = portal.findProperty(typeId, name);
      const fault = property ? faultOfValue(property, value) : "there is no such property";
      return fault === null ? [] : [`writes ${name}: ${fault}`];
    }),
  ];
}

/** Names in the records of an answer that the portal does not know. */
export function findShownFaults(body: unknown, objectType: string, portal: PortalFacts): string[] {
  const typeId = portal.findTypeId(objectType);
  const answer = Answer.safeParse(body);
  if (typeId === undefined || !answer.success) return [];
  const names = new Set(answer.data.results.flatMap(({ properties }) => Object.keys(properties)));
  return [...names]
    .filter((name) => !portal.findProperty(typeId, name))
    .map((name) => `shows the property ${name}, which ${objectType} does not have`);
}

function namesOf({ query, body }: CheckedRequest): { asked: string[]; written: [string, string][] } {
  const inQuery = ["properties", "propertiesWithHistory", "idProperty"].flatMap((name) => query.getAll(name));
  const { properties, propertiesWithHistory, inputs, idProperty, sorts, filterGroups } = Body.parse(body ?? {});
  const isAsked = Array.isArray(properties);
  const asked = [
    ...inQuery.flatMap((names) => names.split(",")),
    ...(isAsked ? properties.filter((name) => !MAY_BE_MISSING.includes(name)) : []),
    ...propertiesWithHistory,
    ...[idProperty, ...inputs.map((input) => input.idProperty)].flatMap((name) => name ?? []),
    ...sorts.map((name) => name.replace(/^-/, "")),
    ...filterGroups.flatMap(({ filters }) => filters.map(({ propertyName }) => propertyName)),
  ];
  const written = [...(isAsked ? [] : [properties]), ...inputs.map((input) => input.properties)];
  return { asked, written: written.flatMap((values) => Object.entries(values)) };
}

const FORMS: Record<string, RegExp> = {
  number: /^-?\d+(\.\d+)?$/,
  bool: /^(true|false)$/,
  date: /^(\d{4}-\d{2}-\d{2}|-?\d+)$/,
  datetime: /^(\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})|-?\d+)$/,
};
const LONGEST_TEXT = 65_536;

/** An empty text clears a property, whatever its type. */
function faultOfValue({ type, options, isReadOnly }: PropertyFact, value: string): string | null {
  if (isReadOnly) return "it is read-only";
  if (value === "") return null;
  if (options) {
    const strange = value.split(";").find((each) => each !== "" && !options.includes(each));
    return strange === undefined ? null : `${strange} is no option of it`;
  }
  if (value.length > LONGEST_TEXT) return `${value.length} characters`;
  const form = FORMS[type];
  return !form || form.test(value) ? null : `${value} is no ${type}`;
}
