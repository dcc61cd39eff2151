import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { migrate } from "../../src/store/migrate.ts";
import { createTestDatabase } from "../database.ts";
import { createRecordingLog } from "../recording-log.ts";
import { factsOf } from "./facts-of.ts";
import { now, useMirrorStage } from "./mirror-stage.ts";

const DAY_MS = 86_400_000;
const day = (days: number) => new Date(now.getTime() + days * DAY_MS);

describe("the past of company properties", () => {
  const stage = useMirrorStage();
  const seats = (value: string | null, days: number, history = ["seats"], readAt = now) =>
    stage.store.mirror.saveCompanies(
      [{ id: "10", properties: { seats: value }, modifiedAt: day(days) }],
      null,
      readAt,
      history,
    );
  const past = (companyId: string, rows: Record<number, string | null>, property = "seats") =>
    stage.store.mirror.saveHistory(
      Object.entries(rows).map(([days, value]) => ({ companyId, property, at: day(Number(days)), value })),
    );
  const told = async () => {
    const { history } = await factsOf(stage.store, "10");
    return Object.entries(history).map(([property, values]) => [
      property,
      ...values.map(({ at, value }) => `${(at - now.getTime()) / DAY_MS}: ${value}`),
    ]);
  };

  it("grows when a value changes, from the modification on, and only of properties that are looked back on", async () => {
    await seats("5", 0);
    await seats("5", 1);
    await seats("8", 2);
    await seats(null, 3);
    await stage.store.mirror.saveCompanies([{ id: "10", properties: { plan: "pro" }, modifiedAt: day(4) }], null, now, [
      "seats",
    ]);
    expect(await told()).toEqual([["seats", "0: 5", "2: 8", "3: null"]]);
  });

  it("does not grow by a read that was overtaken, nor by nothing", async () => {
    await seats(null, 0);
    await seats("8", 3);
    await seats("5", 2);
    expect(await told()).toEqual([["seats", "3: 8"]]);
  });

  it("grows by what was saved while nobody looked back on it", async () => {
    await seats("5", 0);
    await seats("8", 2, []);
    await seats("8", 2);
    expect(await told()).toEqual([["seats", "0: 5", "2: 8"]]);
  });

  it("takes what HubSpot tells, once, and lets a value begin when it came to stand", async () => {
    await seats("5", 0);
    for (let time = 0; time < 2; time += 1) await past("10", { [-9]: "3", [-5]: "5" });
    await past("99", { [-9]: "3" });
    expect(await told()).toEqual([["seats", "-9: 3", "-5: 5"]]);
    await seats("6", 1);
    expect(await told()).toEqual([["seats", "-9: 3", "-5: 5", "1: 6"]]);
  });

  it("grows by a value that did not move the modification, from the read on, and keeps the one before", async () => {
    await seats("5", 1);
    await seats("8", 1, ["seats"], day(4));
    await seats("8", 1, ["seats"], day(5));
    expect(await told()).toEqual([["seats", "1: 5", "4: 8"]]);
    await seats("9", 6);
    expect(await told()).toEqual([["seats", "1: 5", "4: 8", "6: 9"]]);
  });

  it("ends with what stands, also where its end is later than the modification or the read", async () => {
    await past("10", { [-9]: "3", [2]: "7" });
    await seats("3", 1, ["seats"], day(3));
    expect(await told()).toEqual([["seats", "-9: 3", "2: 7", "3: 3"]]);
    await seats("4", 1, ["seats"], day(3));
    const { history } = await factsOf(stage.store, "10");
    expect(history["seats"]?.slice(-2)).toEqual([
      { at: day(3).getTime(), value: "3" },
      { at: day(3).getTime() + 1, value: "4" },
    ]);
    await past("10", { [1]: "4" });
    await seats("4", 4);
    expect((await told())[0]?.slice(0, 5)).toEqual(["seats", "-9: 3", "1: 4", "2: 7", "3: 3"]);
  });

  it("keeps what is not over at an instant, of the properties that are named", async () => {
    await past("10", { [-9]: "1", [-7]: "2", [-5]: "3" });
    await past("10", { [-9]: "x" }, "plan");
    await stage.store.mirror.keepHistory(["seats"], day(-6));
    expect(await told()).toEqual([["seats", "-7: 2", "-5: 3"]]);
    await stage.store.mirror.keepHistory(["seats"], day(50));
    expect(await told()).toEqual([["seats", "-5: 3"]]);
    await stage.store.mirror.keepHistory([], day(-90));
    expect(await told()).toEqual([]);
  });

  it("goes with the company", async () => {
    await past("10", { [-9]: "1" });
    await stage.store.mirror.removeCompanies(["10"], "webhook", now);
    const { rows } = await stage.database.pool.query("select * from property_history");
    expect(rows).toEqual([]);
  });
});

it("the state of a mirror from before there were histories is read as before", async () => {
  const database = await createTestDatabase();
  const log = createRecordingLog();
  const all = new URL("../../src/store/migrations/", import.meta.url);
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  try {
    for (const name of ["0001-initial.sql", "0002-tasks.sql"]) await cp(new URL(name, all), join(folder, name));
    await database.pool.query("drop schema public cascade; create schema public");
    await migrate(database.pool, log, folder);
    const before = { customers: "c", properties: { company: ["name"] }, watermarks: {}, unreadable: [] };
    await database.pool.query("insert into settings values ('mirror', $1)", [JSON.stringify(before)]);
    await migrate(database.pool, log);
    const { rows } = await database.pool.query("select value from settings where name = 'mirror'");
    expect(rows).toEqual([{ value: { ...before, customers: ["c"], histories: [] } }]);
  } finally {
    await database.drop();
    await rm(folder, { recursive: true });
  }
});
