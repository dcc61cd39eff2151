import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { type OpenSandbox, openSandbox } from "../../sandbox/open-clients.ts";
import { observeExchanges, type ObservedExchanges } from "./observe-exchanges.ts";

const FOLDER = new URL("../../../../shared/hubspot-recorded/", import.meta.url);
const describeRecorded = existsSync(FOLDER) ? describe : describe.skip;

/** Who made a definition, and what only some definitions have. */
const NOT_PLAYED = [".createdUserId", ".updatedUserId", ".showCurrencySymbol", ".modificationMetadata.readOnlyOptions"];

type Answer = { status: number; body: unknown };
const Recording = z.object({ response: z.object({ status: z.number(), body: z.unknown() }) });
const readRecording = (name: string): Answer =>
  Recording.parse(JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8"))).response;

/** Where keys stand: `.results[].id`. The keys of `properties` are names that a portal chose. */
function keysOf(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => keysOf(each, `${at}[]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    `${at}.${key}`,
    ...(key === "properties" ? [] : keysOf(each, `${at}.${key}`)),
  ]);
}

let open: OpenSandbox;
let exchanges: ObservedExchanges;
let contact: string;
let company: string;

beforeAll(async () => {
  open = await openSandbox();
  contact = (await open.person.create("contacts", { email: "test@acme.example" })).id;
  company = (await open.person.create("companies", { name: "ACME" })).id;
  exchanges = observeExchanges(open.sandbox);
});
afterAll(() => open.sandbox.close());

async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const { url, personToken } = open.sandbox;
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${personToken}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
}

const contacts = "/crm/v3/objects/contacts";
const definitions = "/crm/v3/properties/contacts";
const create = (email: string, objectWriteTraceId = "0") => ({
  properties: { email },
  associations: [],
  objectWriteTraceId,
});
const define = (name: string) => ({
  name,
  label: name,
  type: "enumeration",
  fieldType: "select",
  groupName: "contactinformation",
  options: [{ label: "True", value: "true", description: "True", displayOrder: 1, hidden: false }],
});
const linkTo = (id: string) => ({
  inputs: [
    {
      from: { id: contact },
      to: { id },
      types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }],
    },
  ],
});

describeRecorded("the sandbox shows every key that HubSpot was heard to show (skipped without recordings)", () => {
  it.each<[string, () => Promise<Answer>]>([
    [
      "amp_batch_create_contacts_err_partial_success",
      () =>
        ask("POST", `${contacts}/batch/create`, {
          inputs: [create("new@acme.example"), create("test@acme.example", "1")],
        }),
    ],
    [
      "amp_batch_create_contacts_err_conflict",
      () =>
        ask("POST", `${contacts}/batch/create`, {
          inputs: [{ properties: { email: "test@acme.example" }, associations: [] }],
        }),
    ],
    [
      "amp_custom_create_4_response_batch_create_properties",
      () => ask("POST", `${definitions}/batch/create`, { inputs: [define("hobby"), define("age")] }),
    ],
    [
      "amp_custom_update_3_response_batch_create_properties",
      () => ask("POST", `${definitions}/batch/create`, { inputs: [define("age"), define("pet")] }),
    ],
    ["amp_custom_update_5_response_update_property_age", () => ask("PATCH", `${definitions}/age`, { label: "Age" })],
    ["amp_metadata_contacts_properties_sampled", () => ask("GET", definitions)],
    ["amp_metadata_deals_external_pipelines", () => ask("GET", "/crm/v3/pipelines/deals")],
    [
      "amp_associations_test_contact_to_company_resp",
      () => ask("POST", "/crm/v4/associations/contacts/companies/batch/create", linkTo(company)),
    ],
    [
      "amp_associations_test_err_contact_to_contact",
      () => ask("POST", "/crm/v4/associations/contacts/companies/batch/create", linkTo("99")),
    ],
    [
      "vcr_lifecycle_contacts_batches_search_archive",
      () => ask("POST", `${contacts}/batch/archive`, { inputs: [{ id: contact }] }),
    ],
  ])("%s", async (name, answer) => {
    const recorded = readRecording(name);
    const ours = await answer();

    expect(ours.status).toBe(recorded.status);
    const shown = new Set(keysOf(ours.body));
    const absent = keysOf(recorded.body).filter((key) => !shown.has(key));
    expect(absent.filter((key) => !NOT_PLAYED.some((end) => key.endsWith(end)))).toEqual([]);
    expect(exchanges.takeFaults()).toEqual([]);
  });
});
