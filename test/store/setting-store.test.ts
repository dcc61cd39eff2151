import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

describe("settings", () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("are null at first, and then what was written last", async () => {
    const { settings } = createStore(database.pool);
    expect(await settings.read("mirror")).toBeNull();
    const mirror = {
      customers: ["c"],
      properties: { company: ["name"] },
      histories: [],
      watermarks: {},
      unreadable: ["invoice"],
    };
    await settings.write("mirror", mirror);
    await settings.write("portal", { portalId: "1" });
    await settings.write("portal", { portalId: "2" });
    expect(await settings.read("mirror")).toEqual(mirror);
    expect(await settings.read("portal")).toEqual({ portalId: "2" });
  });
});
