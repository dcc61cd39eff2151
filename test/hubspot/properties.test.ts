import { describe, expect, it } from "@jest/globals";
import { HubSpotRefused } from "../../src/pipeline/hubspot-errors.ts";
import type { NewProperty } from "../../src/pipeline/hubspot-port.ts";
import { batchBody, hubspotAnswers, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, rejectionOf } from "./test-hubspot.ts";

useNock();

describe("properties", () => {
  const definition = {
    label: "L",
    groupName: "g",
    type: "number",
    fieldType: "number",
    options: [],
  };

  it("tells the live and the archived ones", async () => {
    hubspotAnswers()
      .get("/crm/v3/properties/companies")
      .query({ archived: false })
      .reply(200, {
        results: [
          {
            ...definition,
            name: "plan",
            type: "enumeration",
            fieldType: "select",
            options: [{ label: "A", value: "a" }],
          },
          { ...definition, name: "made_again", calculated: true },
        ],
      })
      .get("/crm/v3/properties/companies")
      .query({ archived: true })
      .reply(200, {
        results: [
          { ...definition, name: "old", archived: true },
          { ...definition, name: "made_again", archived: true },
        ],
      });

    const definitions = await createTestHubSpot().hubspot.readPropertyDefinitions("company");

    const given = { type: "number", fieldType: "number", calculated: false, options: [] };
    expect(definitions.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { ...given, name: "made_again", calculated: true, archived: false },
      { ...given, name: "old", archived: true },
      { ...given, name: "plan", type: "enumeration", fieldType: "select", archived: false, options: ["a"] },
    ]);
  });

  const common = { description: "d", groupName: "customer_health" };
  const band: NewProperty = {
    ...common,
    name: "chs_band",
    label: "Band",
    type: "enumeration",
    fieldType: "select",
    options: [
      { value: "low", label: "Low" },
      { value: "high", label: "High" },
    ],
  };
  const at: NewProperty = { ...common, name: "chs_at", label: "At", type: "datetime", fieldType: "date" };
  const bandBody = {
    ...band,
    formField: false,
    options: [
      { value: "low", label: "Low", displayOrder: 0, hidden: false },
      { value: "high", label: "High", displayOrder: 1, hidden: false },
    ],
  };
  const atBody = { ...at, formField: false };
  const made = (...names: string[]) => batchBody(names.map((name) => ({ ...definition, name })));
  const exists = { status: "error", category: "OBJECT_ALREADY_EXISTS", message: "A property named 'chs_band'" };

  it("are made in one call", async () => {
    hubspotAnswers()
      .post("/crm/v3/properties/companies/batch/create", { inputs: [bandBody, atBody] })
      .reply(201, made("chs_band", "chs_at"));

    await createTestHubSpot().hubspot.createProperties("company", [band, at]);
  });

  it.each([
    ["of which one exists", 207, { ...made("chs_at"), numErrors: 1, errors: [exists] }, [bandBody]],
    ["that is refused as a whole for it", 409, exists, [bandBody, atBody]],
    ["that is refused as a whole", 400, { message: "no", category: "VALIDATION_ERROR" }, [bandBody, atBody]],
  ])("are made one by one where they come from a batch %s", async (_, status, answer, alone) => {
    hubspotAnswers().post("/crm/v3/properties/companies/batch/create").reply(status, answer);
    for (const body of alone) {
      const [code, reply] = body === bandBody ? [409, exists] : [201, { ...definition, name: "chs_at" }];
      hubspotAnswers().post("/crm/v3/properties/companies", body).reply(code, reply);
    }

    await createTestHubSpot().hubspot.createProperties("company", [band, at]);
  });

  it("are refused for another reason than that they exist", async () => {
    const refused = { message: "bad name", category: "X" };
    hubspotAnswers().post("/crm/v3/properties/companies/batch/create").reply(400, refused);
    hubspotAnswers().post("/crm/v3/properties/companies").reply(400, refused);

    const error = await rejectionOf(createTestHubSpot().hubspot.createProperties("company", [{ ...at, name: "1" }]));

    expect(error).toBeInstanceOf(HubSpotRefused);
  });

  it("get options after those that they have, and keep these as they are", async () => {
    const path = "/crm/v3/properties/companies/chs_band";
    const low = { label: "Low", value: "low", displayOrder: 1, hidden: false };
    const old = { label: "High", value: "old", displayOrder: 0, hidden: true, description: "from before" };
    hubspotAnswers()
      .get(path)
      .reply(200, { ...definition, name: "chs_band", type: "enumeration", options: [{ ...low, description: "" }, old] })
      .patch(path, {
        options: [
          low,
          old,
          { label: "High (high)", value: "high", displayOrder: -1, hidden: false },
          { label: "Mid", value: "mid", displayOrder: -1, hidden: false },
        ],
      })
      .reply(200, { ...definition, name: "chs_band" });

    await createTestHubSpot().hubspot.addOptions("company", "chs_band", [
      { value: "low", label: "Lowest" },
      { value: "high", label: "High" },
      { value: "mid", label: "Mid" },
    ]);
  });

  it("are left alone that have the options already", async () => {
    hubspotAnswers()
      .get("/crm/v3/properties/companies/chs_band")
      .reply(200, { ...definition, name: "chs_band", options: [{ label: "Low", value: "low" }] });

    await createTestHubSpot().hubspot.addOptions("company", "chs_band", [{ value: "low", label: "Lowest" }]);
  });

  it("get a group where it is missing", async () => {
    const path = "/crm/v3/properties/companies/groups";
    const group = { name: "customer_health", label: "Customer health" };
    hubspotAnswers()
      .get(path)
      .reply(200, { results: [{ name: "companyinformation", label: "x", displayOrder: 0, archived: false }] })
      .post(path, group)
      .reply(201, { ...group, displayOrder: 9, archived: false })
      .get(path)
      .reply(200, { results: [{ ...group, displayOrder: 9, archived: false }] });
    const { hubspot } = createTestHubSpot();

    await hubspot.ensurePropertyGroup("company", group);
    await hubspot.ensurePropertyGroup("company", group);
  });
});
