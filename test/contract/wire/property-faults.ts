import { z } from "zod";
import type { CheckedRequest } from "./exchange-check.ts";
import type { PortalFacts, PropertyFact } from "./portal-facts.ts";

/**
 * HubSpot leaves names that it does not know out of what a read shows. Only this one may be asked for without being
 * there, of tasks: where the app may not make it, our key lies in the task's body.
 */
const MAY_BE_MISSING = { name: "chs_key", type: "tasks" };
/** What a task needs to stand in anybody's list: https://developers.hubspot.com/docs/api-reference/crm-tasks-v3/guide */
const TASK_NEEDS = "hs_timestamp";

const Names = z.array(z.string());
const Values = z.record(z.string(), z.string());
const Filter = z.object({
  propertyName: z.string(),
  value: z.string().optional(),
  highValue: z.string().optional(),
  values: Names.default([]),
});
const Body = z.object({
  properties: z.union([Names, Values]).default([]),
  propertiesWithHistory: Names.default([]),
  inputs: z.array(z.object({ properties: Values.default({}), idProperty: z.string().optional() })).default([]),
  idProperty: z.string().optional(),
  sorts: Names.default([]),
  filterGroups: z.array(z.object({ filters: z.array(Filter) })).default([]),
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

  const { asked, written, compared } = namesOf(request);
  const unknown = [...new Set(asked)].filter((name) => !portal.findProperty(typeId, name));
  return [
    ...findRowFaults(request, objectType),
    ...unknown.map((name) => `names the property ${name}, which ${objectType} does not have`),
    ...written.flatMap(([name, value]) => {
      const property = portal.findProperty(typeId, name);
      const fault = property ? faultOfValue(property, value) : "there is no such property";
      return fault === null ? [] : [`writes ${name}: ${fault}`];
    }),
    ...compared.flatMap(([name, value]) => {
      const { type = "" } = portal.findProperty(typeId, name) ?? {};
      return hasForm(type, value) ? [] : [`compares ${name}: ${value} is no ${type}`];
    }),
  ];
}

/** Rows of a batch that lack what HubSpot needs, or name a record in a way that it does not take. */
function findRowFaults({ operation, body }: CheckedRequest, objectType: string): string[] {
  const { inputs } = Body.parse(body ?? {});
  const isUpdate = operation.path.endsWith("/batch/update");
  const isNewTask = operation.path.endsWith("/batch/create") && objectType === "tasks";
  return inputs.flatMap(({ properties, idProperty }) => [
    ...(isUpdate && idProperty === "hs_object_id" ? ["updates by idProperty hs_object_id, which is left out"] : []),
    ...(isNewTask && !properties[TASK_NEEDS] ? [`makes a task without ${TASK_NEEDS}`] : []),
  ]);
}

/** Names in the records of an answer that the portal does not know, and numbers that are none. */
export function findShownFaults(body: unknown, objectType: string, portal: PortalFacts): string[] {
  const typeId = portal.findTypeId(objectType);
  const answer = Answer.safeParse(body);
  if (typeId === undefined || !answer.success) return [];
  const shown = answer.data.results.flatMap(({ properties }) => Object.entries(properties));
  const faults = shown.flatMap(([name, value]) => {
    const property = portal.findProperty(typeId, name);
    if (!property) return [`shows the property ${name}, which ${objectType} does not have`];
    const isWrong = property.type === "number" && typeof value === "string" && !Number.isFinite(Number(value));
    return isWrong ? [`shows ${name}: ${value} is no number`] : [];
  });
  return [...new Set(faults)];
}

type Named = { asked: string[]; written: [string, string][]; compared: [string, string][] };

function namesOf({ params, query, body }: CheckedRequest): Named {
  const inQuery = ["properties", "propertiesWithHistory", "idProperty"].flatMap((name) => query.getAll(name));
  const { properties, propertiesWithHistory, inputs, idProperty, sorts, filterGroups } = Body.parse(body ?? {});
  const isAsked = Array.isArray(properties);
  const filters = filterGroups.flatMap((group) => group.filters);
  const mayBeMissing = (name: string) => name === MAY_BE_MISSING.name && params["objectType"] === MAY_BE_MISSING.type;
  const asked = [
    ...inQuery.flatMap((names) => names.split(",")),
    ...(isAsked ? properties.filter((name) => !mayBeMissing(name)) : []),
    ...propertiesWithHistory,
    ...[idProperty, ...inputs.map((input) => input.idProperty)].flatMap((name) => name ?? []),
    ...sorts.map((name) => name.replace(/^-/, "")),
    ...filters.map(({ propertyName }) => propertyName),
  ];
  const written = [...(isAsked ? [] : [properties]), ...inputs.map((input) => input.properties)];
  const compared = filters.flatMap(({ propertyName, value, highValue, values }) =>
    [value, highValue, ...values].flatMap((each): [string, string][] =>
      each === undefined ? [] : [[propertyName, each]],
    ),
  );
  return { asked, written: written.flatMap((values) => Object.entries(values)), compared };
}

const FORMS: Record<string, RegExp> = {
  number: /^-?\d+(\.\d+)?$/,
  bool: /^(true|false)$/,
  date: /^(\d{4}-\d{2}-\d{2}|-?\d+)$/,
  datetime: /^(\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})|-?\d+)$/,
};
const LONGEST_TEXT = 65_536;
const DAY_MS = 86_400_000;

/** An empty text clears a property, whatever its type. */
function faultOfValue({ type, options, isReadOnly, isOwner }: PropertyFact, value: string): string | null {
  if (isReadOnly) return "it is read-only";
  if (value === "") return null;
  if (options) {
    const strange = value.split(";").find((each) => each !== "" && !options.includes(each));
    return strange === undefined ? null : `${strange} is no option of it`;
  }
  if (value.length > LONGEST_TEXT) return `${value.length} characters`;
  if (isOwner && !/^\d+$/.test(value)) return `${value} is no id of an owner`;
  if (!hasForm(type, value)) return `${value} is no ${type}`;
  const isWithinDay = type === "date" && !value.includes("-", 1) && Number(value) % DAY_MS !== 0;
  return isWithinDay ? `${value} is not midnight UTC` : null;
}

function hasForm(type: string, value: string): boolean {
  return FORMS[type]?.test(value) ?? true;
}
