import { describe, expect, it } from "@jest/globals";
import { now, record, useMirrorStage } from "./mirror-stage.ts";

describe("the mirror that several write to", () => {
  const stage = useMirrorStage();

  it("takes every company as complete, but for those that a refresh is still to read", async () => {
    const companies = ["20", "21"].map((id) => ({ id, properties: {}, modifiedAt: now }));
    await stage.store.mirror.saveCompanies(companies, null, now);
    await stage.store.work.mark([{ kind: "refresh", key: "company:21", priority: "webhook" }], now);
    await stage.store.mirror.completeAllCompanies("sweep", now);
    expect(await stage.marked()).toEqual(["20"]);
    expect(await stage.store.mirror.saveCompanies(companies, null, now)).toEqual(["21"]);
  });

  it("is not changed by a read that was overtaken by a newer one", async () => {
    const later = new Date(now.getTime() + 1);
    const save = (name: string, modifiedAt: Date) =>
      stage.store.mirror.saveCompanies([{ id: "10", properties: { name }, modifiedAt }], "webhook", now);
    await stage.save("ticket", record("1", ["company 10"], { a: "new" }, later));
    await save("new", later);
    await stage.marked();
    await stage.save("ticket", record("1", ["company 11"], { a: "old" }, now));
    await stage.save("ticket", record("1", [], { a: "old" }, now));
    await save("old", now);
    expect(await stage.marked()).toEqual([]);
    expect(await stage.ownerOf("ticket", "1")).toBe("10");
    // Links do not move the date.
    await stage.save("ticket", record("1", ["company 11"], { a: "new" }, later));
    expect(await stage.ownerOf("ticket", "1")).toBe("11");
    const { rows } = await stage.database.pool.query(
      "select properties from records union all select properties from companies where id = '10'",
    );
    expect(rows).toEqual([{ properties: { a: "new" } }, { properties: { name: "new" } }]);
  });

  it("keeps what another process named, and what this one named and HubSpot has not, until it is told to drop it", async () => {
    const { mirror } = stage.store;
    const properties = async () => {
      const { rows } = await stage.database.pool.query<{ properties: object }>(
        "select properties from records union all select properties from companies where id = '10'",
      );
      return rows.map((row) => row.properties);
    };
    for (const values of [{ a: "1", b: "1" }, { b: null }, { b: null }]) {
      await stage.marked();
      await stage.save("ticket", record("1", ["company 10"], values));
      await mirror.saveCompanies([{ id: "10", properties: values, modifiedAt: now }], "webhook", now);
    }
    expect(await stage.marked()).toEqual([]);
    expect(await properties()).toEqual([
      { a: "1", b: null },
      { name: "10", a: "1", b: null },
    ]);
    await mirror.keepProperties("ticket", ["b"]);
    expect(await properties()).toEqual([{ b: null }, { name: "10", a: "1", b: null }]);
    await mirror.keepProperties("company", ["a", "c"]);
    expect(await properties()).toEqual([{ b: null }, { a: "1" }]);
  });
});
