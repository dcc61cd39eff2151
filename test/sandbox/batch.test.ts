import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { objectTypes } from "../../src/sandbox/portal/object-types.ts";
import type { NewLinks } from "./object-calls.ts";
import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.close());

const drafts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ properties: { firstname: `Nr ${index}` }, traceId: String(index) }));

describe("a batch", () => {
  it("creates in no particular order, each result with its trace id", async () => {
    const { results } = await open.app.batchCreate("contacts", drafts(40));
    const order = results.map((record) => Number(record.objectWriteTraceId));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    for (const record of results) expect(record.properties["firstname"]).toBe(`Nr ${record.objectWriteTraceId}`);
  });

  it("reads what there is and tells the rest in one row of errors", async () => {
    const { results } = await open.app.batchCreate("contacts", drafts(2));
    const ids = results.map((record) => record.id);
    const answer = await open.app.batchRead("contacts", [...ids, "123456", "unknownIdentifier888"], ["firstname"]);
    expect(answer.results.map((record) => record.id)).toEqual(ids);
    expect(answer).toMatchObject({
      numErrors: 1,
      errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["123456", "unknownIdentifier888"] } }],
    });
    expect(await open.app.batchRead("contacts", ids)).not.toHaveProperty("numErrors");
  });

  it("updates what there is and tells the rest", async () => {
    const { results } = await open.app.batchCreate("contacts", drafts(1));
    const id = results[0]?.id ?? "";
    const rows = [id, "999"].map((each) => ({ id: each, properties: { firstname: "Ny" } }));
    expect(await open.app.batchUpdate("contacts", rows)).toMatchObject({
      results: [{ id, properties: { firstname: "Ny" } }],
      errors: [{ context: { ids: ["999"] } }],
    });
  });

  it("archives, also what is gone already", async () => {
    const { results } = await open.app.batchCreate("contacts", drafts(2));
    await open.app.batchArchive("contacts", [...results.map(({ id }) => id), "999"]);
    expect((await open.app.list("contacts")).results).toEqual([]);
  });

  it("fails as a whole for one unknown property, and writes nothing", async () => {
    const rows = [...drafts(1), { properties: { first000name: "x" } }];
    const refusal = await refusalOf(open.app.batchCreate("contacts", rows));
    expect(refusal.code).toBe(400);
    expect(refusal.body).toMatchObject({ errors: [{ code: "PROPERTY_DOESNT_EXIST" }], category: "VALIDATION_ERROR" });
    expect((await open.app.list("contacts")).results).toEqual([]);
  });

  it("fails as a whole for an id that stands in it twice", async () => {
    const rows = ["5", "5"].map((id) => ({ id, properties: {} }));
    const refusal = await refusalOf(open.app.batchUpdate("contacts", rows));
    expect(refusal.body).toMatchObject({
      message: "Duplicate IDs found in batch input: [5]. IDs must be unique",
      context: { ids: ["5"] },
    });
  });

  it("takes a hundred", async () => {
    expect((await refusalOf(open.app.batchCreate("contacts", drafts(101)))).code).toBe(400);
    expect((await open.app.batchCreate("contacts", drafts(100))).results).toHaveLength(100);
  });

  it("tells a row that cannot be created by its trace id, and fails as a whole without one", async () => {
    const bad = { properties: { firstname: "Feil" }, links: [["404", 279]] satisfies NewLinks };
    const answer = await open.app.batchCreate("contacts", [...drafts(1), { ...bad, traceId: "bad" }]);
    expect(answer.results).toHaveLength(1);
    expect(answer).toMatchObject({ numErrors: 1, errors: [{ context: { objectWriteTraceId: ["bad"] } }] });
    expect((await refusalOf(open.app.batchCreate("contacts", [bad]))).code).toBe(400);
  });

  describe("with the email of another contact", () => {
    const taken = { properties: { email: "Kari@Fjord.example" } };
    let existing: string;
    beforeEach(async () => {
      existing = (await open.app.create("contacts", { email: "kari@fjord.example" })).id;
    });

    it("tells the row that conflicts, and makes the others", async () => {
      const answer = await open.app.batchCreate("contacts", [...drafts(1), { ...taken, traceId: "taken" }]);
      expect(answer).toMatchObject({
        results: [{ objectWriteTraceId: "0" }],
        numErrors: 1,
        errors: [
          {
            category: "CONFLICT",
            message: `Contact already exists. Existing ID: ${existing}`,
            context: { objectWriteTraceId: ["taken"], existingId: [existing] },
          },
        ],
      });
    });

    it("fails as a whole without trace ids", async () => {
      const refusal = await refusalOf(open.app.batchCreate("contacts", [...drafts(1), taken]));
      expect(refusal).toMatchObject({ code: 409, body: { message: "Contact already exists", category: "CONFLICT" } });
      expect((await open.app.list("contacts")).results).toHaveLength(1);
    });

    it("is no conflict once that contact has another email, and one again when it came back from the archive", async () => {
      const isTaken = async () =>
        (await open.app.batchCreate("contacts", [{ ...taken, traceId: "again" }])).results.length === 0;
      await open.app.archive("contacts", existing);
      open.sandbox.restore(objectTypes.contact, existing);
      expect(await isTaken()).toBe(true);
      await open.app.update("contacts", existing, { email: "kari@ny.example" });
      expect(await isTaken()).toBe(false);
      expect(await isTaken()).toBe(true);
    });
  });

  it("refuses an idProperty", async () => {
    const rows = [{ id: "5", idProperty: "hs_object_id", properties: {} }];
    expect((await refusalOf(open.app.batchUpdate("contacts", rows))).code).toBe(400);
  });
});
