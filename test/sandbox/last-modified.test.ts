import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type OpenSandbox, openSandbox } from "./open-clients.ts";

const DUE = "2026-10-07T09:00:00Z";
const MINUTE_MS = 60_000;
const BEFORE = "2026-10-05T09:00:00.000Z";
const AFTER = "2026-10-05T09:01:00.000Z";

let open: OpenSandbox;
let company: string;
let task: string;
let linked: string;
let loose: string;
beforeEach(async () => {
  open = await openSandbox();
  company = (await open.app.create("companies", { name: "Fjord AS" })).id;
  task = (await open.app.create("tasks", { hs_timestamp: DUE }, [[company, 192]])).id;
  loose = (await open.person.create("tickets", { hs_pipeline_stage: "1" })).id;
  linked = (await open.person.create("tickets", { hs_pipeline_stage: "1" }, [[company, 26]])).id;
  open.pass(MINUTE_MS);
});
afterEach(() => open.sandbox.close());

const deal = (properties: Record<string, string>) =>
  open.person.create("deals", { dealstage: "appointmentscheduled", ...properties }, [[company, 5]]);

describe("the last-modified date of a company", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a link", () => open.person.linkByDefault(["tickets", loose, "companies", company])],
    ["a link that is taken away", () => open.person.unlink(["tickets", linked, "companies", company])],
    ["a record made with a link to it", () => open.person.create("contacts", {}, [[company, 279]])],
    ["a roll-up", () => deal({ amount: "1000" })],
    ["a change of a linked record", () => open.person.update("tickets", linked, { hs_pipeline_stage: "4" })],
    ["a deletion of a linked record", () => open.person.archive("tickets", linked)],
    ["a deletion of a task", () => open.person.archive("tasks", task)],
    [
      "its own deletion and restoring",
      async () => {
        await open.person.archive("companies", company);
        await fetch(`${open.sandbox.url}/sandbox/restore`, {
          method: "POST",
          headers: { authorization: `Bearer ${open.sandbox.personToken}` },
          body: JSON.stringify({ type: "company", id: company }),
        });
      },
    ],
  ])("stays at %s", async (_, happen) => {
    await happen();
    expect((await open.app.get("companies", company)).properties["hs_lastmodifieddate"]).toBe(BEFORE);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["a write", () => open.app.update("companies", company, { name: "Ny AS" })],
    ["a write of what it has already", () => open.app.update("companies", company, { name: "Fjord AS" })],
    ["a batch", () => open.app.batchUpdate("companies", [{ id: company, properties: { plan: "pro" } }])],
    ["a new task", () => open.app.create("tasks", { hs_timestamp: DUE }, [[company, 192]])],
    ["a task that is completed", () => open.person.update("tasks", task, { hs_task_status: "COMPLETED" })],
    ["a task that is changed", () => open.app.update("tasks", task, { hs_task_subject: "Ring" })],
  ])("moves with %s", async (_, happen) => {
    await happen();
    expect((await open.app.get("companies", company)).properties["hs_lastmodifieddate"]).toBe(AFTER);
  });
});
