import { beforeEach, describe, expect, it } from "@jest/globals";
import { now, record, useMirrorStage } from "./mirror-stage.ts";

describe("the mirror, asked by ranges", () => {
  const stage = useMirrorStage();
  beforeEach(async () => {
    await stage.save("contact", record("501", ["company 11 primary"]));
    await stage.save("ticket", record("9", ["company 10 primary", "company 11"]), record("10", ["contact 501"]));
    await stage.save("ticket", record("100", ["company 12 primary"]));
    await stage.marked();
  });

  it("gives ids after one, and those companies alone that are not complete", async () => {
    const { mirror } = stage.store;
    await mirror.saveCompanies([{ id: "13", properties: {}, modifiedAt: now }], null, now);
    expect(await mirror.companiesAfter("10", 2)).toEqual(["11", "12"]);
    expect(await mirror.companiesAfter("", 9, "incomplete")).toEqual(["13"]);
    expect(await mirror.recordsAfter("ticket", "10", 9)).toEqual(["100", "9"]);
    expect([await mirror.countRecords("ticket"), await mirror.countRecords("deal")]).toEqual([3, 0]);
  });

  it.each([
    ["0", "9", ["9"]],
    ["9", "100", ["10", "100"]],
    ["9", "99", ["10"]],
    ["10", null, ["100"]],
    ["100", null, []],
  ])("gives the ids between %s and %s as numbers go", async (over, upTo, ids) => {
    expect((await stage.store.mirror.idsBetween("ticket", over, upTo)).toSorted()).toEqual(ids);
  });

  it("gives the companies between two as well", async () => {
    expect((await stage.store.mirror.idsBetween("company", "9", "11")).toSorted()).toEqual(["10", "11"]);
  });

  it("gives the links to some ends, and who is linked to any company", async () => {
    const { mirror } = stage.store;
    expect(await mirror.linksTo("company", ["10", "11"], "ticket")).toEqual(
      expect.arrayContaining([
        { fromId: "9", toId: "10", primary: true },
        { fromId: "9", toId: "11", primary: false },
      ]),
    );
    expect(await mirror.linksTo("contact", ["501"], "ticket")).toEqual([{ fromId: "10", toId: "501", primary: false }]);
    expect(await mirror.linkedToCompanies("ticket", ["9", "10", "77"])).toEqual(new Set(["9"]));
  });

  it("tells which records it has as of a modification", async () => {
    const records = [
      { id: "9", modifiedAt: now },
      { id: "10", modifiedAt: new Date(now.getTime() + 1) },
      { id: "77", modifiedAt: now },
    ];
    expect(await stage.store.mirror.unchangedRecords("ticket", records)).toEqual(new Set(["9"]));
  });

  it("forgets what HubSpot took of some properties, and has them delivered again", async () => {
    const { mirror, deliveries, work } = stage.store;
    await deliveries.recordWritten([{ companyId: "10", values: { a: "1", b: "2" } }]);
    expect(await mirror.readWritten(["10", "11"])).toEqual(new Map([["10", { a: "1", b: "2" }]]));
    await mirror.forgetWritten([{ companyId: "10", properties: ["a"] }], now);
    expect(await mirror.readWritten(["10"])).toEqual(new Map([["10", { b: "2" }]]));
    expect((await work.claim("deliver", 9, new Date(now.getTime() + 60_000))).map(({ key }) => key)).toEqual(["10"]);
  });
});
