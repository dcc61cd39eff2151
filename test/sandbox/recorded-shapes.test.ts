import { existsSync, readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { z } from "zod";

import { eventually } from "../eventually.ts";
import { type OpenSandbox, openSandbox, START } from "./open-clients.ts";
import { startReceiver } from "./start-receiver.ts";

const FOLDER = new URL("../../../shared/hubspot-recorded/", import.meta.url);

const Recording = z.object({
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
});

type Answer = { status: number; headers: Record<string, string>; body: unknown };
const readRecording = (name: string): Answer =>
  Recording.parse(JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8"))).response;

/** Where a value stands and what kind it is: `results[].id: string`. Property names and values are a portal's own. */
function shapeOf(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => shapeOf(each, `${at}[]`)))];
  if (typeof value !== "object" || value === null) return [`${at}: ${value === null ? "null" : typeof value}`];
  return Object.entries(value).flatMap(([key, each]) => (key === "properties" ? [] : shapeOf(each, `${at}.${key}`)));
}

/** Of these HubSpot's older answers know nothing, or ours have nothing to say. */
const ADDED = [".url: string", "[].url: string", ".startedAt: string", ".completedAt: string"];

const isRecorded = existsSync(FOLDER);
const reason = isRecorded ? "" : " (skipped: no recordings at ../shared/hubspot-recorded)";
const describeRecorded = isRecorded ? describe : describe.skip;

let open: OpenSandbox;
let company: string;
let contact: string;
beforeAll(async () => {
  open = await openSandbox({ limitPer10s: 1_000 });
  const create = (type: string, properties: Record<string, string>) => open.person.create(type, properties);
  company = (await create("companies", { name: "ACME", domain: "acme.example" })).id;
  contact = (await create("contacts", { email: "test@acme.example", firstname: "Test" })).id;
  await create("contacts", { email: "second@acme.example" });
  await open.person.linkByDefault(["contacts", contact, "companies", company]);
});
afterAll(() => open.sandbox.close());

async function ask(method: string, path: string, body?: unknown, url = open.sandbox.url): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${open.sandbox.appToken}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.includes("json");
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: isJson ? JSON.parse(text) : text || null,
  };
}

function expectAlike(answer: Answer, recorded: Answer): void {
  expect(answer.status).toBe(recorded.status);
  if (Object.keys(recorded.headers).length > 0) {
    const names = (headers: Record<string, string>) =>
      Object.keys(headers)
        .filter((name) => name.startsWith("x-hubspot-") || name === "x-content-type-options")
        .sort();
    expect(names(answer.headers)).toEqual(names(recorded.headers));
    expect(answer.headers["content-type"]).toBe(recorded.headers["content-type"]);
  }
  const ours = shapeOf(answer.body).filter((line) => !ADDED.some((added) => line.endsWith(added)));
  const theirs = shapeOf(recorded.body).filter((line) => !ADDED.some((added) => line.endsWith(added)));
  expect(ours.sort()).toEqual(theirs.sort());
}

const contacts = "/crm/v3/objects/contacts";
const unknownProperties = { inputs: [{ properties: { first000name: "a", last000name: "b" } }] };

describeRecorded(`answers have HubSpot's shape${reason}`, () => {
  it.each<[string, () => Promise<Answer>]>([
    ["vcr_companies_create_1", () => ask("POST", "/crm/v3/objects/companies", { properties: { name: "A" } })],
    ["vcr_companies_find_by_id", () => ask("GET", `/crm/v3/objects/companies/${company}`)],
    [
      "vcr_companies_patch_name_2",
      () => ask("PATCH", `/crm/v3/objects/companies/${company}`, { properties: { name: "B" } }),
    ],
    ["vcr_companies_delete_4", () => ask("GET", "/crm/v3/objects/companies/23828159705")],
    ["vcr_companies_create_3", () => ask("DELETE", "/crm/v3/objects/companies/23828159705")],
    ["vcr_contacts_find_by_id", () => ask("GET", `${contacts}/${contact}`)],
    ["vcr_contacts_list_first_no_props", () => ask("GET", `${contacts}?limit=1`)],
    ["vcr_contacts_list_first_with_props", () => ask("GET", `${contacts}?limit=1&properties=email,firstname`)],
    ["vcr_contacts_search", () => ask("POST", `${contacts}/search`, { limit: 1 })],
    ["amp_search_contacts_2_second_page", () => ask("POST", `${contacts}/search`, { limit: 1, after: "1" })],
    ["amp_search_error_invalid_object", () => ask("POST", "/crm/v3/objects/butterflies/search", {})],
    [
      "amp_batch_create_contacts_success",
      () => ask("POST", `${contacts}/batch/create`, { inputs: [{ properties: {} }] }),
    ],
    [
      "amp_batch_create_contacts_err_many_invalid_properties",
      () => ask("POST", `${contacts}/batch/create`, unknownProperties),
    ],
    ["amp_read_objects_api_contacts_batch", () => ask("POST", `${contacts}/batch/read`, { inputs: [{ id: contact }] })],
    [
      "amp_batch_update_contacts_err_duplicate_ids",
      () => ask("POST", `${contacts}/batch/update`, { inputs: ["1", "1"].map((id) => ({ id, properties: {} })) }),
    ],
    [
      "amp_batch_update_contacts_err_partial_success",
      () => ask("POST", `${contacts}/batch/update`, { inputs: [contact, "1"].map((id) => ({ id, properties: {} })) }),
    ],
    [
      "amp_search_contacts_contacts_to_companies",
      () =>
        ask("POST", "/crm/v4/associations/contacts/companies/batch/read", { inputs: [{ id: contact }, { id: "1" }] }),
    ],
    ["amp_post_auth_account_info", () => ask("GET", "/account-info/v3/details")],
    [
      "amp_custom_create_2_response_create_property_group",
      () => ask("POST", "/crm/v3/properties/contacts/groups", { name: "made", label: "Made", displayOrder: 9 }),
    ],
  ])("%s", async (name, answer) => {
    const recorded = readRecording(name);
    const ours = await answer();
    if (name === "amp_post_auth_account_info")
      // The recorded account trades in one currency only.
      ours.body = { ...z.record(z.string(), z.unknown()).parse(ours.body), additionalCurrencies: [] };
    expectAlike(ours, recorded);
  });

  it("amp_batch_create_contacts_err_conflict", async () => {
    const inputs = [{ properties: { email: "test@acme.example" } }];
    expectAlike(
      await ask("POST", `${contacts}/batch/create`, { inputs }),
      readRecording("amp_batch_create_contacts_err_conflict"),
    );
  });

  it.each<[string, () => Promise<Answer>]>([
    [
      "amp_batch_create_contacts_err_partial_success",
      () =>
        ask("POST", `${contacts}/batch/create`, {
          inputs: [{ properties: {} }, { properties: { email: "test@acme.example" }, objectWriteTraceId: "0" }],
        }),
    ],
    [
      "amp_custom_update_3_response_batch_create_properties",
      () => {
        const property = { label: "A", type: "string", fieldType: "text", groupName: "contactinformation" };
        const inputs = ["email", "hobby__c"].map((name) => ({ ...property, name }));
        return ask("POST", "/crm/v3/properties/contacts/batch/create", { inputs });
      },
    ],
  ])("%s, in its errors", async (name, answer) => {
    const recorded = readRecording(name);
    const ours = await answer();
    expect(ours.status).toBe(recorded.status);
    const errorsOf = ({ body }: Answer) => shapeOf(body).filter((line) => /^\.(errors|numErrors)/.test(line));
    expect(errorsOf(ours)).toEqual(expect.arrayContaining(errorsOf(recorded)));
    expect(errorsOf(recorded)).toEqual(expect.arrayContaining(errorsOf(ours)));
  });

  it("vcr_companies_find_by_id_no_scope", async () => {
    const poor = await openSandbox({ scopes: [] });
    try {
      const ours = await ask("GET", `/crm/v3/objects/companies/${company}`, undefined, poor.sandbox.url);
      const recorded = readRecording("vcr_companies_find_by_id_no_scope");
      // HubSpot also lists old-style scopes, of which this object has none.
      const isOldStyle = (line: string) => line.includes("requiredScopes");
      expect(shapeOf(ours.body)).toEqual(shapeOf(recorded.body).filter((line) => !isOldStyle(line)));
      expect(Object.keys(ours.headers).filter((name) => name.includes("ratelimit"))).toEqual([]);
    } finally {
      await poor.sandbox.close();
    }
  });

  it("webhook-batches", async () => {
    const Batches = z.object({ batches: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) });
    const { batches } = Batches.parse(JSON.parse(readFileSync(new URL("webhook-batches.json", FOLDER), "utf8")));
    const receiver = await startReceiver();
    const hearing = await openSandbox({
      targetUrl: receiver.url,
      delivery: { flushMs: 5, doubledShare: 0 },
      subscriptions: [
        { subscriptionType: "object.creation", objectType: "company", active: true },
        { subscriptionType: "object.deletion", objectType: "company", active: true },
        { subscriptionType: "object.propertyChange", objectType: "company", propertyName: "name", active: true },
      ],
    });
    try {
      const { id } = await hearing.person.create("companies", { name: "Acme" });
      await hearing.person.archive("companies", id);
      await eventually(() => expect(receiver.events()).toHaveLength(3));
      const recorded = [
        ...(batches["create_then_properties_unordered_same_millisecond"] ?? []),
        ...(batches["deletion_generic"] ?? []),
      ];
      for (const event of receiver.events()) {
        const like = recorded.find(({ subscriptionType }) => subscriptionType === event["subscriptionType"]);
        expect(Object.keys(event)).toEqual(Object.keys(like ?? {}));
        expect(shapeOf(event)).toEqual(shapeOf(like));
        expect(event["occurredAt"]).toBe(START);
      }
    } finally {
      await hearing.sandbox.close();
      await receiver.close();
    }
  });
});
