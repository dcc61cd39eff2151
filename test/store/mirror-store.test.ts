import { describe, expect, it } from "@jest/globals";
import { eventually } from "../eventually.ts";
import { countWaiting } from "./count-waiting.ts";
import { now, record, useMirrorStage } from "./mirror-stage.ts";

describe("the mirror", () => {
  const stage = useMirrorStage();

  it("marks nobody for records that are as they were", async () => {
    const records = [record("1", ["company 10", "company 12"], { a: "1", b: null }), record("2", ["company 11"])];
    await stage.save("ticket", ...records);
    await stage.marked();
    await stage.save(
      "ticket",
      record("1", ["company 12", "company 10 primary"], { b: null, a: "1" }),
      record("2", ["company 11"]),
    );
    await stage.store.mirror.saveCompanies([{ id: "10", properties: { name: "10" }, modifiedAt: now }], "webhook", now);
    await stage.store.mirror.removeRecords("ticket", ["77"], "webhook", now);
    expect(await stage.marked()).toEqual([]);
  });

  it("marks nobody when it is not asked to", async () => {
    await stage.store.mirror.saveRecords("ticket", [record("1", ["company 10"])], null, now);
    await stage.store.mirror.removeRecords("ticket", ["1"], null, now);
    expect(await stage.marked()).toEqual([]);
  });

  it("removes records, and marks whose they were", async () => {
    await stage.save("ticket", record("1", ["company 10"]), record("2", ["company 11"]), record("3", ["company 12"]));
    await stage.marked();
    await stage.store.mirror.removeRecords("ticket", ["1", "3", "4"], "webhook", now);
    expect(await stage.marked()).toEqual(["10", "12"]);
    expect(await stage.ownerOf("ticket", "2")).toBe("11");
    expect([...(await stage.store.mirror.knownRecords("ticket", ["1", "2", "3"]))]).toEqual(["2"]);
  });

  it("leaves a company unmarked until its records are here, and says so", async () => {
    const companies = [
      { id: "20", properties: { name: "new" }, modifiedAt: now },
      { id: "10", properties: { name: "changed" }, modifiedAt: now },
    ];
    expect(await stage.store.mirror.saveCompanies(companies, "webhook", now)).toEqual(["20"]);
    await stage.save("ticket", record("1", ["company 20"]));
    expect(await stage.marked()).toEqual(["10"]);
    expect(await stage.store.mirror.saveCompanies(companies, "webhook", now)).toEqual(["20"]);
    await stage.store.mirror.completeCompanies(["20"], "webhook", now);
    expect(await stage.marked()).toEqual(["20"]);
    expect(await stage.store.mirror.saveCompanies(companies, "webhook", now)).toEqual([]);
  });

  it("marks a company that becomes complete while a record is saved", async () => {
    await stage.store.mirror.saveCompanies([{ id: "20", properties: {}, modifiedAt: now }], null, now);
    const client = await stage.database.pool.connect();
    await client.query("begin");
    await client.query("select 1 from companies where id = '20' for no key update");
    let isSaved = false;
    const saving = stage.save("ticket", record("1", ["company 20"])).then(() => (isSaved = true));
    await eventually(async () => expect(isSaved || (await countWaiting(stage.database.pool)) === 1).toBe(true));
    await client.query("update companies set is_complete = true where id = '20'");
    await client.query("commit");
    client.release();
    await saving;
    expect(await stage.marked()).toEqual(["20"]);
  });

  it("forgets companies with all that is theirs, and has their records read again", async () => {
    await stage.save("contact", record("501", ["company 10"]));
    await stage.save("ticket", record("1", ["company 10", "company 11"]), record("2", ["company 11"]));
    await stage.database.pool.query(
      `insert into scores select id, 'health', 5, 'at_risk', null, 'h', $1, '{}', '' from companies`,
      [now],
    );
    await stage.database.pool.query(
      `insert into tasks (key, company_id, play, state, planned, decided_at, changed_at)
       values ('a', '10', 'p', 'planned', '{}', $1, $1), ('b', '10', 'p', 'open', '{}', $1, $1),
         ('c', '11', 'p', 'planned', '{}', $1, $1)`,
      [now],
    );
    await stage.store.work.mark(
      ["10", "11"].map((key) => ({ kind: "deliver", key, priority: "sweep" })),
      now,
    );

    await stage.store.mirror.removeCompanies(["10"], "webhook", now);

    const { rows: work } = await stage.database.pool.query("select kind, key from work order by kind, key");
    expect(work).toEqual([
      { kind: "deliver", key: "11" },
      { kind: "refresh", key: "contact:501" },
      { kind: "refresh", key: "ticket:1" },
      { kind: "rescore", key: "11" },
    ]);
    const { rows: left } = await stage.database.pool.query(
      `select (select string_agg(id, ',' order by id) from companies) as companies,
         (select string_agg(type || id, ',') from records) as records,
         (select string_agg(company_id, ',' order by company_id) from scores) as scores,
         (select string_agg(from_type || from_id, ',') from links) as links,
         (select string_agg(key || ' ' || state, ',' order by key) from tasks) as tasks`,
    );
    expect(left).toEqual([
      {
        companies: "11,12",
        records: "ticket2",
        scores: "11,12",
        links: "ticket2",
        tasks: "a cancelled,b open,c planned",
      },
    ]);
  });

  it("stores text that Postgres would refuse, without what it would refuse", async () => {
    const nasty = { a: "nul \0 inside", b: `half of ${"😀".slice(0, 1)}`, c: "whole 😀", d: null, "e\\f": '"' };
    await stage.save("ticket", record("1", ["company 10"], nasty));
    await stage.store.mirror.saveCompanies([{ id: "10", properties: nasty, modifiedAt: now }], "webhook", now);
    const { rows } = await stage.database.pool.query(
      "select properties from records union all select properties from companies where id = '10'",
    );
    const properties = { a: "nul  inside", b: "half of \uFFFD", c: "whole 😀", d: null, "e\\f": '"' };
    expect(rows).toEqual([{ properties }, { properties: { name: "10", ...properties } }]);
    await stage.marked();
    await stage.save("ticket", record("1", ["company 10"], nasty));
    expect(await stage.marked()).toEqual([]);
  });

  it("takes a thousand records in one call", async () => {
    const records = Array.from({ length: 1_000 }, (_, n) =>
      record(String(n), [`company ${10 + (n % 3)}`], { n: String(n) }),
    );
    await stage.save("invoice", ...records);
    await stage.save("invoice", ...records.map((each) => ({ ...each, properties: { n: "0" } })));
    const { rows } = await stage.database.pool.query(
      "select count(*)::int as n, count(distinct properties)::int as kinds from records",
    );
    expect(rows).toEqual([{ n: 1_000, kinds: 1 }]);
    expect(await stage.marked()).toEqual(["10", "11", "12"]);
  });

  it("takes nothing at all", async () => {
    await stage.save("ticket");
    expect(await stage.store.mirror.saveCompanies([], "webhook", now)).toEqual([]);
    await stage.store.mirror.removeCompanies([], "webhook", now);
    expect(await stage.marked()).toEqual([]);
  });

  it("names companies in pages, byte by byte, whatever the server's locale", async () => {
    await stage.saveCustomers("9", "100", "1000");
    expect(await stage.store.mirror.countCompanies()).toBe(6);
    const first = await stage.store.mirror.companiesAfter("", 4);
    expect(first).toEqual(["10", "100", "1000", "11"]);
    expect(await stage.store.mirror.companiesAfter(first.at(-1) ?? "", 4)).toEqual(["12", "9"]);
    expect(await stage.store.mirror.companiesAfter("9", 4)).toEqual([]);
    expect(await stage.store.mirror.knownCompanies(["9", "8"])).toEqual(new Set(["9"]));
  });

  it("survives writers that take the same records in opposite orders", async () => {
    const some = Array.from({ length: 30 }, (_, n) => n);
    const write = async (order: number[], round: number) => {
      await stage.save(
        "ticket",
        ...order.map((n) => record(String(n), [`company ${10 + ((n + round) % 3)}`], { round: String(round) })),
      );
    };
    const rounds = Array.from({ length: 8 }, (_, round) => round);
    await Promise.all(rounds.map((round) => write(round % 2 === 0 ? some : some.toReversed(), round)));
    expect(await stage.marked()).toEqual(["10", "11", "12"]);
  });
});
