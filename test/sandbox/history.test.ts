import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.close());

describe("the history of a property", () => {
  it("tells each value with who wrote it and when, the newest first, in single and batch reads", async () => {
    const { id } = await open.app.create("companies", { plan: "trial" });
    open.pass(1_000);
    await open.person.update("companies", id, { plan: "pro" });
    open.pass(1_000);
    await open.person.update("companies", id, { plan: "pro", name: "Nordlys AS" });
    await open.app.update("companies", id, { plan: "" });
    const asked = ["plan", "seats_active_share", "no_such_property"];

    const single = await open.app.get("companies", id, { history: asked });
    const batch = await open.app.batchRead("companies", [id], [], asked);
    const listed = await open.app.list("companies", { history: asked });

    const appId = String(open.sandbox.appId);
    expect(single.propertiesWithHistory?.["plan"]).toMatchObject([
      { value: "", sourceType: "INTEGRATION", sourceId: appId, timestamp: new Date("2026-10-05T09:00:02.000Z") },
      { value: "pro", sourceType: "CRM_UI", timestamp: new Date("2026-10-05T09:00:01.000Z") },
      { value: "trial", sourceType: "INTEGRATION", timestamp: new Date("2026-10-05T09:00:00.000Z") },
    ]);
    expect(Object.keys(single.propertiesWithHistory ?? {})).toEqual(["plan", "seats_active_share"]);
    expect(single.propertiesWithHistory?.["seats_active_share"]).toEqual([]);
    expect(batch.results[0]?.propertiesWithHistory).toEqual(single.propertiesWithHistory);
    expect(listed.results[0]?.propertiesWithHistory).toEqual(single.propertiesWithHistory);
  });

  it("is not told unasked, and ends after twenty values", async () => {
    const { id } = await open.app.create("companies", { logins_30d: "0" });
    for (let count = 1; count <= 25; count += 1) await open.app.update("companies", id, { logins_30d: String(count) });
    expect((await open.app.get("companies", id)).propertiesWithHistory).toBeUndefined();
    const read = await open.app.get("companies", id, { history: ["logins_30d"] });
    const values = read.propertiesWithHistory?.["logins_30d"]?.map(({ value }) => value);
    expect(values).toEqual(Array.from({ length: 20 }, (_, index) => String(25 - index)));
  });

  it("is told of fifty records at once and no more", async () => {
    const ids = Array.from({ length: 51 }, (_, index) => String(index + 1));
    expect((await refusalOf(open.app.batchRead("companies", ids, [], ["plan"]))).code).toBe(400);
    expect((await refusalOf(open.app.list("companies", { limit: 51, history: ["plan"] }))).code).toBe(400);
    await expect(open.app.batchRead("companies", ids.slice(1), [], ["plan"])).resolves.toMatchObject({ results: [] });
    await expect(open.app.batchRead("companies", ids, ["plan"])).resolves.toMatchObject({ results: [] });
  });
});
