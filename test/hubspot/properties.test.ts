import { describe, expect, it } from "@jest/globals";
import { HubSpotRefused } from "../../src/pipeline/hubspot-errors.ts";
import { hubspotAnswers, useNock } from "./nock-hubspot.ts";
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
          { ...definition, name: "made_again" },
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

    expect(definitions.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: "made_again", type: "number", archived: false, options: [] },
      { name: "old", type: "number", archived: true, options: [] },
      { name: "plan", type: "enumeration", archived: false, options: ["a"] },
    ]);
  });

  it("are made one by one, and one that exists is no hindrance", async () => {
    hubspotAnswers()
      .post("/crm/v3/properties/companies", {
        name: "chs_band",
        label: "Band",
        description: "d",
        groupName: "customer_health",
        type: "enumeration",
        fieldType: "select",
        formField: false,
        options: [
          { value: "low", label: "Low", displayOrder: 0, hidden: false },
          { value: "high", label: "High", displayOrder: 1, hidden: false },
        ],
      })
      .reply(409, { status: "error", category: "OBJECT_ALREADY_EXISTS", message: "A property named 'chs_band'" })
      .post("/crm/v3/properties/companies", {
        name: "chs_at",
        label: "At",
        description: "d",
        groupName: "customer_health",
        type: "datetime",
        fieldType: "date",
        formField: false,
      })
      .reply(201, { ...definition, name: "chs_at" });

    const common = { description: "d", groupName: "customer_health" };
    await createTestHubSpot().hubspot.createProperties("company", [
      {
        ...common,
        name: "chs_band",
        label: "Band",
        type: "enumeration",
        fieldType: "select",
        options: [
          { value: "low", label: "Low" },
          { value: "high", label: "High" },
        ],
      },
      { ...common, name: "chs_at", label: "At", type: "datetime", fieldType: "date" },
    ]);
  });

  it("are refused for another reason than that they exist", async () => {
    hubspotAnswers().post("/crm/v3/properties/companies").reply(400, { message: "bad name", category: "X" });

    const error = await rejectionOf(
      createTestHubSpot().hubspot.createProperties("company", [
        { name: "1", label: "", description: "", groupName: "", type: "string", fieldType: "text" },
      ]),
    );

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
