import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { ChildType, MirroredRecord, StorePort } from "../../src/pipeline/store-port.ts";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { eventually } from "../eventually.ts";
import { countWaiting } from "./count-waiting.ts";

const now = new Date("2026-10-01T08:00:00Z");

describe("the mirror", () => {
  let database: TestDatabase;
  let store: StorePort;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = createStore(database.pool);
  });
  beforeEach(async () => {
    await database.pool.query("truncate work, companies, records, links, scores, score_history, tasks");
    await saveCustomers("10", "11", "12");
  });
  afterAll(() => database.drop());

  /** Companies about which something was decided before: those are marked when their facts change. */
  async function saveCustomers(...ids: string[]): Promise<void> {
    await store.mirror.saveCompanies(
      ids.map((id) => ({ id, properties: { name: id } })),
      null,
      now,
    );
    await database.pool.query("update companies set decided = '{}'");
  }
  function record(id: string, links: string[], properties: Record<string, string | null> = {}): MirroredRecord {
    return {
      id,
      properties,
      links: links.map((link) => {
        const [toType, toId = "", primary] = link.split(" ");
        return { toType: toType === "contact" ? "contact" : "company", toId, primary: primary === "primary" };
      }),
    };
  }
  const save = (type: ChildType, ...records: MirroredRecord[]) =>
    store.mirror.saveRecords(type, records, "webhook", now);
  async function ownerOf(type: ChildType, id: string): Promise<string | undefined> {
    const { rows } = await database.pool.query<{ company_id: string }>(
      "select company_id from records where type = $1 and id = $2",
      [type, id],
    );
    return rows[0]?.company_id;
  }
  /** The companies that are marked since the last look. */
  async function marked(): Promise<string[]> {
    const { rows } = await database.pool.query<{ key: string }>(
      "delete from work where kind = 'rescore' returning key",
    );
    return rows.map(({ key }) => key).sort();
  }

  describe("gives a record to", () => {
    it.each([
      ["the primary company", ["company 10", "company 11 primary"], "11"],
      ["the company with the smallest id where none is primary", ["company 12", "company 11"], "11"],
      ["its own company rather than its contact's", ["contact 501", "company 11"], "11"],
      ["its contact's company where it has none", ["contact 501"], "10"],
      ["the first of its contacts that has a company", ["contact 400", "contact 501", "contact 502"], "10"],
      ["nobody where its company is no customer", ["company 99", "contact 501"], undefined],
      ["nobody where nothing is linked", [], undefined],
    ])("%s", async (_whom, links, owner) => {
      await save("contact", record("501", ["company 10"]), record("502", ["company 12"]));
      await save("ticket", record("1", links));
      expect(await ownerOf("ticket", "1")).toBe(owner);
      expect(await marked()).toEqual(
        ["10", "12", ...(owner === undefined ? [] : [owner])]
          .filter((id, index, all) => all.indexOf(id) === index)
          .sort(),
      );
    });
  });

  it("marks the companies that a record left and came to", async () => {
    await save("ticket", record("1", ["company 10"]));
    expect(await marked()).toEqual(["10"]);
    await save("ticket", record("1", ["company 11"]));
    expect(await marked()).toEqual(["10", "11"]);
    await save("ticket", record("1", ["company 99"]));
    expect(await marked()).toEqual(["11"]);
    expect(await ownerOf("ticket", "1")).toBeUndefined();
  });

  it("marks nobody for records that are as they were", async () => {
    const records = [record("1", ["company 10"], { a: "1", b: null }), record("2", ["company 11"])];
    await save("ticket", ...records);
    await marked();
    await save("ticket", record("1", ["company 10", "company 12"], { b: null, a: "1" }), record("2", ["company 11"]));
    await store.mirror.saveCompanies([{ id: "10", properties: { name: "10" } }], "webhook", now);
    await store.mirror.removeRecords("ticket", ["77"], "webhook", now);
    expect(await marked()).toEqual([]);
  });

  it("marks nobody when it is not asked to", async () => {
    await store.mirror.saveRecords("ticket", [record("1", ["company 10"])], null, now);
    await store.mirror.removeRecords("ticket", ["1"], null, now);
    expect(await marked()).toEqual([]);
  });

  describe("lets what belongs to a company through a contact", () => {
    beforeEach(async () => {
      await save("contact", record("501", ["company 10"]));
      await save("ticket", record("1", ["contact 501"]), record("2", ["company 12", "contact 501"]));
      await save("invoice", record("3", ["contact 501", "contact 502"]));
      await marked();
    });
    const owners = async () => [
      await ownerOf("ticket", "1"),
      await ownerOf("ticket", "2"),
      await ownerOf("invoice", "3"),
    ];

    it("go with the contact", async () => {
      await save("contact", record("501", ["company 11"]));
      expect(await owners()).toEqual(["11", "12", "11"]);
      expect(await marked()).toEqual(["10", "11"]);
    });

    it("be forgotten with a contact that went to no customer", async () => {
      await save("contact", record("501", ["company 99"]));
      expect(await owners()).toEqual([undefined, "12", undefined]);
      expect(await marked()).toEqual(["10"]);
    });

    it("go to the next contact when the first is deleted", async () => {
      await save("contact", record("502", ["company 11"]));
      await marked();
      await store.mirror.removeRecords("contact", ["501"], "webhook", now);
      expect(await owners()).toEqual([undefined, "12", "11"]);
      expect(await marked()).toEqual(["10", "11"]);
    });

    it("go to a contact with a smaller id that came later, as if it had come first", async () => {
      await save("invoice", record("3", ["contact 400", "contact 501"]));
      await save("contact", record("400", ["company 11"]));
      expect(await ownerOf("invoice", "3")).toBe("11");
    });
  });

  it("never lets a ticket and the move of its contact overlook each other", async () => {
    for (let round = 0; round < 25; round += 1) {
      const [from, to] = round % 2 === 0 ? ["10", "11"] : ["11", "10"];
      await save("contact", record("501", [`company ${from}`]));
      await Promise.all([
        save("contact", record("501", [`company ${to}`])),
        save("ticket", record(`t${round}`, ["contact 501"])),
      ]);
      expect(await ownerOf("ticket", `t${round}`)).toBe(to);
    }
  });

  it("removes records, and marks whose they were", async () => {
    await save("ticket", record("1", ["company 10"]), record("2", ["company 11"]), record("3", ["company 12"]));
    await marked();
    await store.mirror.removeRecords("ticket", ["1", "3", "4"], "webhook", now);
    expect(await marked()).toEqual(["10", "12"]);
    expect(await ownerOf("ticket", "2")).toBe("11");
    expect([...(await store.mirror.knownRecords("ticket", ["1", "2", "3"]))]).toEqual(["2"]);
  });

  it("leaves a company unmarked until something was decided about it, and says so", async () => {
    const companies = [
      { id: "20", properties: { name: "new" } },
      { id: "10", properties: { name: "changed" } },
    ];
    expect(await store.mirror.saveCompanies(companies, "webhook", now)).toEqual(["20"]);
    await save("ticket", record("1", ["company 20"]));
    expect(await marked()).toEqual(["10"]);
    expect(await store.mirror.saveCompanies(companies, "webhook", now)).toEqual(["20"]);
  });

  it("marks a company of which a first decision is being made while a record is saved", async () => {
    await store.mirror.saveCompanies([{ id: "20", properties: {} }], null, now);
    const client = await database.pool.connect();
    await client.query("begin");
    await client.query("select 1 from companies where id = '20' for no key update");
    let isSaved = false;
    const saving = save("ticket", record("1", ["company 20"])).then(() => (isSaved = true));
    await eventually(async () => expect(isSaved || (await countWaiting(database.pool)) === 1).toBe(true));
    await client.query("update companies set decided = '{}' where id = '20'");
    await client.query("commit");
    client.release();
    await saving;
    expect(await marked()).toEqual(["20"]);
  });

  it("forgets companies with all that is theirs, and has their records read again", async () => {
    await save("contact", record("501", ["company 10"]));
    await save("ticket", record("1", ["company 10", "company 11"]), record("2", ["company 11"]));
    await database.pool.query(
      `insert into scores select id, 'health', 5, 'at_risk', null, 'h', $1, '{}', '' from companies`,
      [now],
    );
    await database.pool.query(
      `insert into tasks (key, company_id, play, state, planned, decided_at, changed_at)
       values ('a', '10', 'p', 'planned', '{}', $1, $1), ('b', '10', 'p', 'open', '{}', $1, $1),
         ('c', '11', 'p', 'planned', '{}', $1, $1)`,
      [now],
    );
    await store.work.mark(
      ["10", "11"].map((key) => ({ kind: "deliver", key, priority: "sweep" })),
      now,
    );

    await store.mirror.removeCompanies(["10"], "webhook", now);

    const { rows: work } = await database.pool.query("select kind, key from work order by kind, key");
    expect(work).toEqual([
      { kind: "deliver", key: "11" },
      { kind: "refresh", key: "contact:501" },
      { kind: "refresh", key: "ticket:1" },
      { kind: "rescore", key: "11" },
    ]);
    const { rows: left } = await database.pool.query(
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
    await save("ticket", record("1", ["company 10"], nasty));
    await store.mirror.saveCompanies([{ id: "10", properties: nasty }], "webhook", now);
    const { rows } = await database.pool.query(
      "select properties from records union all select properties from companies where id = '10'",
    );
    const properties = { a: "nul  inside", b: "half of \uFFFD", c: "whole 😀", d: null, "e\\f": '"' };
    expect(rows).toEqual([{ properties }, { properties }]);
    await marked();
    await save("ticket", record("1", ["company 10"], nasty));
    expect(await marked()).toEqual([]);
  });

  it("takes a thousand records in one call", async () => {
    const records = Array.from({ length: 1_000 }, (_, n) =>
      record(String(n), [`company ${10 + (n % 3)}`], { n: String(n) }),
    );
    await save("invoice", ...records);
    await save("invoice", ...records.map(({ id, links }) => ({ id, links, properties: { n: "0" } })));
    const { rows } = await database.pool.query(
      "select count(*)::int as n, count(distinct properties)::int as kinds from records",
    );
    expect(rows).toEqual([{ n: 1_000, kinds: 1 }]);
    expect(await marked()).toEqual(["10", "11", "12"]);
  });

  it("takes nothing at all", async () => {
    await save("ticket");
    expect(await store.mirror.saveCompanies([], "webhook", now)).toEqual([]);
    await store.mirror.removeCompanies([], "webhook", now);
    expect(await marked()).toEqual([]);
  });

  it("names companies in pages, byte by byte, whatever the server's locale", async () => {
    await saveCustomers("9", "100", "1000");
    expect(await store.mirror.countCompanies()).toBe(6);
    const first = await store.mirror.companiesAfter("", 4);
    expect(first).toEqual(["10", "100", "1000", "11"]);
    expect(await store.mirror.companiesAfter(first.at(-1) ?? "", 4)).toEqual(["12", "9"]);
    expect(await store.mirror.companiesAfter("9", 4)).toEqual([]);
    expect(await store.mirror.knownCompanies(["9", "8"])).toEqual(new Set(["9"]));
  });

  it("survives writers that take the same records in opposite orders", async () => {
    const some = Array.from({ length: 30 }, (_, n) => n);
    const write = async (order: number[], round: number) => {
      await save(
        "ticket",
        ...order.map((n) => record(String(n), [`company ${10 + ((n + round) % 3)}`], { round: String(round) })),
      );
    };
    const rounds = Array.from({ length: 8 }, (_, round) => round);
    await Promise.all(rounds.map((round) => write(round % 2 === 0 ? some : some.toReversed(), round)));
    expect(await marked()).toEqual(["10", "11", "12"]);
  });
});
