import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type OpenSandbox, openSandbox, START } from "./open-clients.ts";

const LAG_MS = 20_000;

let open: OpenSandbox;
let realMs: number;
let first: string;
beforeEach(async () => {
  realMs = 0;
  open = await openSandbox({ searchLagMs: LAG_MS, monotonicMs: () => realMs });
  first = (await open.person.create("companies", { name: "Først AS", plan: "trial" })).id;
  realMs += LAG_MS;
});
afterEach(() => open.sandbox.close());

/** Limits count by the same clock; a second passes with each search. */
async function search(filter?: { plan: string }) {
  realMs += 1_000;
  const filters = filter ? [[{ propertyName: "plan", operator: "EQ", value: filter.plan }]] : [];
  const found = await open.app.search("companies", filters, { properties: ["plan"] });
  expect(found.total).toBe(found.results.length);
  return found.results.map(({ id, properties }) => [id, properties["plan"]]);
}

describe("a search that lags", () => {
  it("finds new records later, while a read by id finds them at once", async () => {
    const { id } = await open.person.create("companies", { plan: "pro" });
    expect(await search()).toEqual([[first, "trial"]]);
    expect((await open.app.get("companies", id)).id).toBe(id);
    expect((await open.app.list("companies")).results).toHaveLength(2);
    realMs += LAG_MS;
    expect(await search()).toEqual([
      [first, "trial"],
      [id, "pro"],
    ]);
    await open.person.update("companies", first, { plan: "basic" });
    expect(await search()).toEqual([
      [first, "trial"],
      [id, "pro"],
    ]);
  });

  it("shows and compares values as they were that long ago, step by step", async () => {
    open.pass(60_000);
    await open.person.update("companies", first, { plan: "basic" });
    realMs += LAG_MS / 2;
    await open.person.update("companies", first, { plan: "pro" });
    expect(await search({ plan: "trial" })).toEqual([[first, "trial"]]);
    expect(await search({ plan: "pro" })).toEqual([]);
    const since = [[{ propertyName: "hs_lastmodifieddate", operator: "GT", value: String(START) }]];
    expect((await open.app.search("companies", since)).total).toBe(0);
    realMs += LAG_MS / 2;
    expect(await search({ plan: "basic" })).toEqual([[first, "basic"]]);
    realMs += LAG_MS / 2;
    expect(await search({ plan: "pro" })).toEqual([[first, "pro"]]);
    expect((await open.app.search("companies", since)).total).toBe(1);
  });

  it("still shows what was deleted, merged or touched by a task", async () => {
    const { id: second } = await open.person.create("companies", { plan: "pro" });
    realMs += LAG_MS;
    open.pass(60_000);
    await open.app.create("tasks", { hs_timestamp: "2026-10-07T09:00:00Z" }, [[first, 192]]);
    const since = [[{ propertyName: "hs_lastmodifieddate", operator: "GT", value: String(START) }]];
    expect((await open.app.search("companies", since)).total).toBe(0);
    const merged = await open.person.merge("companies", first, second);
    await open.person.archive("companies", merged.id);
    expect(await search()).toEqual([
      [first, "trial"],
      [second, "pro"],
    ]);
    realMs += LAG_MS;
    expect(await search()).toEqual([]);
  });

  it("catches up while the portal's clock stands still", async () => {
    await open.person.archive("companies", first);
    expect(await search()).toHaveLength(1);
    realMs += LAG_MS;
    expect(await search()).toEqual([]);
    expect(open.sandbox.portal.clock.now()).toBe(START);
  });
});

it("a search lags by nothing unless asked to", async () => {
  const prompt = await openSandbox();
  try {
    const { id } = await prompt.person.create("companies", {});
    expect((await prompt.app.search("companies", [])).results.map((record) => record.id)).toEqual([id]);
  } finally {
    await prompt.sandbox.close();
  }
});
