import { beforeEach, describe, expect, it } from "@jest/globals";
import { factsOf } from "./facts-of.ts";
import { now, record, useMirrorStage } from "./mirror-stage.ts";

describe("a record that is linked to several companies", () => {
  const stage = useMirrorStage();
  beforeEach(async () => {
    await stage.save("deal", record("1", ["company 10 primary", "company 11"], { amount: "5" }));
    await stage.save("feedback", record("2", ["company 10", "company 11"], { hs_value: "9" }));
    await stage.marked();
  });

  it("belongs to one, and is linked at the other where the rules count it there", async () => {
    const own = await factsOf(stage.store, "10", { linked: ["deal"] });
    expect(own).toMatchObject({ deals: [{ amount: "5" }], feedback: [{ hs_value: "9" }], subscriptions: [] });
    expect(own.linked).toEqual({});
    const other = await factsOf(stage.store, "11", { linked: ["deal"] });
    expect(other).toMatchObject({ deals: [], feedback: [] });
    expect(other.linked).toEqual({ deals: [{ amount: "5" }] });
    expect((await factsOf(stage.store, "11")).linked).toEqual({});
  });

  it("is unknown as all of its type is where that may not be read", async () => {
    expect(await factsOf(stage.store, "10", { unreadable: ["deal"] })).toMatchObject({ deals: null, feedback: [{}] });
  });

  it.each([
    ["changes", ["company 10 primary", "company 11"], "6", ["10", "11"]],
    ["comes to another", ["company 10 primary", "company 11", "company 12"], "5", ["12"]],
    ["leaves one", ["company 10 primary"], "5", ["11"]],
    ["goes over to another", ["company 10", "company 11 primary"], "5", ["10", "11"]],
    ["leaves the mirror", ["company 99 primary", "company 11"], "5", ["10", "11"]],
    ["stays as it is", ["company 11", "company 10 primary"], "5", []],
  ])("marks whom it concerns when it %s", async (_what, links, amount, marked) => {
    await stage.save("deal", record("1", links, { amount }));
    expect(await stage.marked()).toEqual(marked);
  });

  it("marks whom it concerns when it is deleted, or its company is", async () => {
    await stage.store.mirror.removeRecords("deal", ["1"], "webhook", now);
    expect(await stage.marked()).toEqual(["10", "11"]);
    await stage.store.mirror.removeCompanies(["10"], "webhook", now);
    expect(await stage.marked()).toEqual(["11"]);
  });

  it("is forgotten with all of its type", async () => {
    await stage.store.mirror.forgetTypes(["deal", "ticket"]);
    expect(await stage.ownerOf("deal", "1")).toBeUndefined();
    expect(await stage.ownerOf("feedback", "2")).toBe("10");
  });
});
