import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createSettingStore } from "../../src/store/setting-store.ts";
import { readDatabaseState } from "../../src/store/read-database-state.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

describe("the state of a database", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it("that is migrated tells whose it is", async () => {
    await createSettingStore(database.pool).write("portal", { portalId: "7" });
    const state = await readDatabaseState(database.pool);
    expect(state).toMatchObject({ pending: [], unknown: [], portalId: "7" });
    expect(state.version).toMatch(/^\d+\.\d+/);
  });

  it("of another release tells what it lacks and what nobody knows", async () => {
    await database.pool.query("delete from schema_migrations where id = (select max(id) from schema_migrations)");
    await database.pool.query("insert into schema_migrations (id, name, checksum) values (9999, '9999-later.sql', '')");
    const { pending, unknown, portalId } = await readDatabaseState(database.pool);
    expect([pending.length, unknown, portalId]).toEqual([1, ["9999-later.sql"], null]);
  });

  it("that is empty is left empty", async () => {
    await database.pool.query("drop schema public cascade; create schema public");
    const { pending, portalId } = await readDatabaseState(database.pool);
    expect(pending[0]).toBe("0001-initial.sql");
    expect(portalId).toBeNull();
    const { rows } = await database.pool.query("select tablename from pg_tables where schemaname = 'public'");
    expect(rows).toEqual([]);
  });
});
