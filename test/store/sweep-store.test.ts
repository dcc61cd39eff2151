import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { StorePort } from "../../src/pipeline/store-port.ts";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const first = new Date("2026-10-01T01:00:00Z");
const second = new Date("2026-10-02T01:00:00Z");
const counts = { decided: 3, changed: 2, tasks: 1, closings: 0 };
const options = { tasksForCurrent: false };

describe("sweeps", () => {
  let database: TestDatabase;
  let store: StorePort;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = createStore(database.pool);
  });
  beforeEach(() => database.pool.query("truncate work, sweeps, settings"));
  afterAll(() => database.drop());

  it("are asked for once for one instant, however many replicas ask, and mark the work", async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => store.sweeps.request(first, options, first)));
    expect(answers.filter((isNew) => isNew)).toHaveLength(1);
    const claims = await store.work.claim("sweep", 9, first);
    expect(claims.map(({ key }) => key)).toEqual(["nightly"]);
    await store.work.finish(claims, first, first);
    expect(await store.sweeps.request(first, options, second)).toBe(false);
    expect(await store.work.claim("sweep", 9, second)).toEqual([]);
  });

  it("are asked for once for changed rules, however many replicas ask", async () => {
    for (const hash of ["first", "second"]) {
      const at = hash === "first" ? first : second;
      const answers = await Promise.all(Array.from({ length: 4 }, () => store.sweeps.requestForRules(hash, at, at)));
      expect(answers.filter((isNew) => isNew)).toHaveLength(1);
      expect(await store.settings.read("ruleset")).toEqual({ hash });
      expect(await store.sweeps.requestForRules(hash, new Date(at.getTime() + 1), at)).toBe(false);
    }
  });

  it("come one after the other, each from where it was broken off", async () => {
    await store.sweeps.request(second, { tasksForCurrent: true }, second);
    await store.sweeps.request(first, options, second);
    const sweep = await store.sweeps.next();
    expect(sweep).toMatchObject({ scheduledFor: first, tasksForCurrent: false, cursor: null });
    await store.sweeps.saveCursor(sweep?.id ?? "", "10");
    expect(await store.sweeps.next()).toMatchObject({ id: sweep?.id, cursor: "10" });
    expect(await store.sweeps.lastFinished()).toBeNull();

    await store.sweeps.finish(sweep?.id ?? "", counts, second);
    expect(await store.sweeps.lastFinished()).toEqual({ scheduledFor: first, finishedAt: second });
    const next = await store.sweeps.next();
    expect(next).toMatchObject({ scheduledFor: second, tasksForCurrent: true, cursor: null });
    await store.sweeps.finish(next?.id ?? "", counts, second);
    expect(await store.sweeps.next()).toBeNull();
    const { rows } = await database.pool.query("select distinct counts from sweeps");
    expect(rows).toEqual([{ counts }]);
  });
});
