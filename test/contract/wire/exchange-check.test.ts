import { describe, expect, it } from "@jest/globals";
import { createPropertyCatalogue } from "../../../src/sandbox/portal/property-catalogue.ts";
import { checkExchange } from "./exchange-check.ts";
import { readPortalFacts } from "./portal-facts.ts";

const portal = readPortalFacts({ properties: createPropertyCatalogue() });
const at = "2026-10-05T09:00:00.000Z";

const record = { id: "1", properties: {}, createdAt: at, updatedAt: at, archived: false };
const batch = { status: "COMPLETE", startedAt: at, completedAt: at, results: [record] };
const links = { ...batch, results: [{ from: { id: "1" }, to: [] }] };
const found = { total: 1, results: [record] };
const definition = { name: "pulse", label: "Pulse", type: "number", fieldType: "number" };
const property = { ...definition, groupName: "product_use", description: "", options: [] };
const group = { name: "chs", label: "Health" };

/** For each call a body that fits, and an answer that does. */
const calls: Record<string, { body?: object; answer: object }> = {
  "GET /crm/v3/objects/tickets": { answer: { results: [record] } },
  "POST /crm/v3/objects/companies/batch/read": { body: readOf(ids(1), "name"), answer: batch },
  "POST /crm/v3/objects/companies/batch/update": {
    body: { inputs: [{ id: "1", properties: { lifecyclestage: "customer", churned_at: "", logins_30d: "5" } }] },
    answer: batch,
  },
  "POST /crm/v3/objects/companies/search": {
    body: { filterGroups: [{ filters: [{ propertyName: "name", operator: "EQ", value: "A" }] }], limit: 200 },
    answer: found,
  },
  "POST /crm/v3/objects/tasks/batch/create": {
    body: { inputs: [{ properties: { hs_timestamp: at }, associations: toCompany(192), objectWriteTraceId: "0" }] },
    answer: batch,
  },
  "POST /crm/v3/objects/tasks/batch/read": { body: readOf(ids(1)), answer: batch },
  "POST /crm/v4/associations/companies/tickets/batch/read": { body: { inputs: [{ id: "1" }] }, answer: links },
  "PUT /crm/v4/objects/tickets/1/associations/companies/2": {
    body: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 339 }],
    answer: { fromObjectTypeId: "0-5", fromObjectId: 1, toObjectTypeId: "0-2", toObjectId: 2, labels: [] },
  },
  "POST /crm/v3/properties/companies": { body: { ...definition, groupName: "product_use" }, answer: property },
  "POST /crm/v3/properties/companies/groups": { body: group, answer: { ...group, archived: false, displayOrder: 1 } },
  "POST /crm/v3/objects/tickets/merge": { body: { primaryObjectId: "1", objectIdToMerge: "2" }, answer: record },
  "GET /crm/v3/owners/": { answer: { results: [] } },
  "GET /account-info/v3/api-usage/daily/private-apps": { answer: { results: [] } },
};
const READ = "POST /crm/v3/objects/companies/batch/read";
const UPDATE = "POST /crm/v3/objects/companies/batch/update";
const SEARCH = "POST /crm/v3/objects/companies/search";
const LIST = "GET /crm/v3/objects/tickets";
const TASKS = "POST /crm/v3/objects/tasks/batch/create";
const READ_TASKS = "POST /crm/v3/objects/tasks/batch/read";
const LINKS = "POST /crm/v4/associations/companies/tickets/batch/read";
const LINK = "PUT /crm/v4/objects/tickets/1/associations/companies/2";
const DEFINE = "POST /crm/v3/properties/companies";

type Altered = { body?: unknown; query?: string; answer?: unknown; status?: number; contentType?: string };

/** The faults of a call that fits but for what is altered. */
function judge(call: string, altered: Altered = {}): string[] {
  const [method = "", path = ""] = call.split(" ");
  const { body, answer, status = 200, query = "", contentType = "application/json" } = { ...calls[call], ...altered };
  const rawBody = body === undefined ? "" : JSON.stringify(body);
  const responseText = typeof answer === "string" ? answer : JSON.stringify(answer ?? {});
  const request = { method, path, query: new URLSearchParams(query), rawBody, body };
  return checkExchange({ ...request, status, contentType, responseText }, portal);
}

function ids(count: number) {
  return Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }));
}
function readOf(inputs: object[], ...properties: string[]) {
  return { inputs, properties, propertiesWithHistory: [] };
}
function toCompany(associationTypeId: number) {
  return [{ to: { id: "1" }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] }];
}
const filters = (count: number) =>
  Array.from({ length: count }, () => ({ propertyName: "name", operator: "HAS_PROPERTY" }));
const gt = (propertyName: string, value: string) => ({ propertyName, operator: "GT", value });
const newTask = { properties: { hs_timestamp: at }, associations: toCompany(192), objectWriteTraceId: "0" };
const updateOf = (properties: object) => ({ body: { inputs: [{ id: "1", properties }] } });
const searchOf = (...filtersOfGroup: object[]) => ({ body: { filterGroups: [{ filters: filtersOfGroup }] } });

describe("an exchange that fits", () => {
  it.each(Object.keys(calls))("%s", (call) => {
    expect(judge(call)).toEqual([]);
  });

  it.each<[string, string, Altered]>([
    ["a full page with history", LIST, { query: "limit=50&propertiesWithHistory=subject&associations=companies" }],
    [
      "a full page of links",
      "GET /crm/v4/objects/companies/1/associations/tasks",
      { query: "limit=500", answer: { results: [] } },
    ],
    ["names joined by commas", LIST, { query: "limit=100&properties=subject,content" }],
    ["a thousand links", LINKS, { body: { inputs: ids(1_000) } }],
    ["several options", UPDATE, updateOf({ lifecyclestage: "customer;lead" })],
    ["instants as milliseconds", UPDATE, updateOf({ last_login_at: "1759654800000", customer_since: "2026-10-05" })],
    ["an id of an owner", UPDATE, updateOf({ hubspot_owner_id: "411000101" })],
    ["our key where it could not be made", READ_TASKS, { body: readOf(ids(1), "chs_key") }],
    ["a refusal", READ, { status: 429, answer: { status: "error", message: "Slower", correlationId: "1" } }],
    ["the page of a missing record", READ, { status: 404, contentType: "text/html", answer: "<html>" }],
  ])("%s", (_, call, altered) => {
    expect(judge(call, altered)).toEqual([]);
  });
});

describe("a wrong request is told", () => {
  it.each<[string, string, Altered, string]>([
    ["an unknown path", "POST /crm/v3/objects/companies/batch/touch", {}, "no such operation"],
    ["a method that is not there", "PUT /crm/v3/objects/companies/batch/read", {}, "no such operation"],
    ["an unknown key", READ, { body: { ...readOf(ids(1)), associations: [] } }, "associations"],
    ["an unknown key of a row", UPDATE, { body: { inputs: [{ id: "1", properties: {}, name: "A" }] } }, '"name"'],
    ["a missing key", UPDATE, { body: { inputs: [{ properties: {} }] } }, "body.inputs.0.id"],
    ["a number for a text", UPDATE, updateOf({ logins_30d: 5 }), "expected string, received number"],
    ["null for a text", UPDATE, updateOf({ churned_at: null }), "expected string, received null"],
    ["no body", READ, { body: undefined }, "request body"],
    ["a body where none is taken", LIST, { body: {} }, "none is taken"],
    ["an unknown query parameter", LIST, { query: "archive=true" }, "unknown parameter archive"],
    ["a query's text for a truth value", LIST, { query: "archived=yes" }, "query archived"],
    ["an unknown operator", SEARCH, searchOf({ propertyName: "name", operator: "LIKE", value: "A" }), "operator"],

    ["an unknown type of records", "GET /crm/v3/objects/butterflies", {}, "unknown type butterflies"],
    ["an unknown property asked for", READ, { body: readOf(ids(1), "nope") }, "property nope"],
    ["an unknown property of a list", LIST, { query: "properties=subject&properties=nope" }, "property nope"],
    ["an unknown property with history", LIST, { query: "propertiesWithHistory=nope" }, "property nope"],
    ["an unknown property filtered by", SEARCH, searchOf({ propertyName: "nope", operator: "HAS_PROPERTY" }), "nope"],
    ["an unknown property sorted by", SEARCH, { body: { sorts: ["-nope"] } }, "property nope"],
    ["an unknown property written", UPDATE, updateOf({ nope: "1" }), "writes nope"],
    [
      "our key written where it is not",
      TASKS,
      { body: { inputs: [{ properties: { chs_key: "a" }, associations: [] }] } },
      "writes chs_key",
    ],
    ["a read-only property written", UPDATE, updateOf({ num_notes: "1" }), "read-only"],
    ["a value that is no option", UPDATE, updateOf({ lifecyclestage: "king" }), "king is no option"],
    ["a text for a number", UPDATE, updateOf({ logins_30d: "5,5" }), "5,5 is no number"],
    [
      "a text filtered by for an instant",
      SEARCH,
      searchOf(gt("last_login_at", "yesterday")),
      "yesterday is no datetime",
    ],
    ["a text filtered by for a number", SEARCH, searchOf(gt("logins_30d", "many")), "many is no number"],
    ["a task without its date", TASKS, { body: { inputs: [{ ...newTask, properties: {} }] } }, "without hs_timestamp"],
    [
      "an update by the id as a property",
      UPDATE,
      { body: { inputs: [{ id: "1", idProperty: "hs_object_id", properties: {} }] } },
      "idProperty hs_object_id",
    ],
    ["our task key asked of companies", READ, { body: readOf(ids(1), "chs_key") }, "property chs_key"],
    ["an owner by name", UPDATE, updateOf({ hubspot_owner_id: "ingrid" }), "ingrid is no id of an owner"],
    ["a date within a day", UPDATE, updateOf({ customer_since: "1759654800000" }), "is not midnight UTC"],
    ["a date that is none", UPDATE, updateOf({ customer_since: "5.10.2026" }), "is no date"],

    ["101 records", READ, { body: readOf(ids(101)) }, "101 of them"],
    ["51 records with history", READ, { body: { ...readOf(ids(51)), propertiesWithHistory: ["name"] } }, "51 of them"],
    ["1,001 links", LINKS, { body: { inputs: ids(1_001) } }, "1001 of them"],
    ["an empty batch", READ, { body: readOf([]) }, "is empty"],
    ["a record twice", READ, { body: readOf([...ids(2), { id: "2" }]) }, "2 is there twice"],
    ["a mark of a row twice", TASKS, { body: { inputs: [newTask, newTask] } }, "objectWriteTraceId 0 is there twice"],
    ["a page of 101", LIST, { query: "limit=101" }, "query limit: 101"],
    ["a page of 51 with history", LIST, { query: "limit=51&propertiesWithHistory=subject" }, "query limit: 51"],
    ["an address of 8,001 characters", LIST, { query: `after=${"1".repeat(8_000)}` }, "address"],

    ["a found page of 201", SEARCH, { body: { limit: 201 } }, "limit: 201"],
    ["a result past 10,000", SEARCH, { body: { limit: 100, after: "9950" } }, "past 10000"],
    ["an opaque cursor", SEARCH, { body: { after: "AoJ" } }, "after: AoJ"],
    ["two orders", SEARCH, { body: { sorts: ["name", "domain"] } }, "sorts: 2"],
    ["6 groups", SEARCH, { body: { filterGroups: ids(6).map(() => ({ filters: filters(1) })) } }, "filterGroups: 6"],
    ["7 filters of a group", SEARCH, searchOf(...filters(7)), "filters: 7"],
    ["19 filters", SEARCH, { body: { filterGroups: [6, 6, 6, 1].map((n) => ({ filters: filters(n) })) } }, "6 + 6"],
    ["a long search", SEARCH, { body: { query: "x".repeat(3_000) } }, "characters"],
    ["IN without a list", SEARCH, searchOf({ propertyName: "name", operator: "IN", value: "A" }), "needs values"],
    ["IN an empty list", SEARCH, searchOf({ propertyName: "name", operator: "IN", values: [] }), "an empty list"],
    ["BETWEEN with one end", SEARCH, searchOf({ propertyName: "name", operator: "BETWEEN", value: "1" }), "highValue"],

    [
      "an unknown kind of link",
      LINK,
      { body: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 9 }] },
      "9",
    ],
    [
      "a link of other types",
      LINK,
      { body: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 179 }] },
      "links tickets to companies by the type 179",
    ],
    ["a link the wrong way", TASKS, { body: { inputs: [{ properties: {}, associations: toCompany(191) }] } }, "191"],
    ["an unknown type in a list", LIST, { query: "associations=butterflies" }, "unknown type butterflies"],

    [
      "a datetime edited as a number",
      DEFINE,
      { body: { ...property, type: "datetime" } },
      "the type datetime with number",
    ],
    ["an unknown group", DEFINE, { body: { ...definition, groupName: "nope" } }, "unknown group nope"],
    ["a name with capitals", DEFINE, { body: { ...definition, name: "Pulse", groupName: "product_use" } }, "Pulse"],
  ])("%s", (_, call, altered, fault) => {
    expect(judge(call, altered)).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
  });
});

describe("a wrong answer is told", () => {
  it.each<[string, string, Altered, string]>([
    ["an unknown key", READ, { answer: { ...batch, more: 1 } }, '"more"'],
    ["a missing key", READ, { answer: { status: "COMPLETE", results: [] } }, "body.startedAt"],
    ["a number for an id", READ, { answer: { ...batch, results: [{ ...record, id: 1 }] } }, "results.0.id"],
    [
      "milliseconds for an instant",
      SEARCH,
      { answer: { total: 1, results: [{ ...record, createdAt: 1 }] } },
      "created",
    ],
    ["an instant that is none", READ, { answer: { ...batch, startedAt: "today" } }, "body.startedAt"],
    ["a text for a linked id", LINKS, { answer: { ...links, results: [linkedTo("1")] } }, "toObjectId"],
    ["rows of errors in a 200", READ, { answer: { ...batch, numErrors: 1, errors: [] } }, '"numErrors", "errors"'],
    [
      "a property that is not there",
      READ,
      { answer: { ...batch, results: [{ ...record, properties: { nope: "1" } }] } },
      "nope",
    ],
    [
      "a number that is none",
      READ,
      { answer: { ...batch, results: [{ ...record, properties: { logins_30d: "abc" } }] } },
      "abc is no number",
    ],
    ["a refusal without an id", READ, { status: 400, answer: { status: "error", message: "No" } }, "correlationId"],
    ["a page for a batch", READ, { contentType: "text/html", answer: "<html>" }, "is a page"],
    ["a cut body", READ, { answer: '{"status":' }, "answer 200 body"],
  ])("%s", (_, call, altered, fault) => {
    expect(judge(call, altered)).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
  });
});

function linkedTo(toObjectId: unknown) {
  return { from: { id: "1" }, to: [{ toObjectId, associationTypes: [] }] };
}
