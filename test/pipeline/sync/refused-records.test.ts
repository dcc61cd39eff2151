import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HubSpotRefused } from "../../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort } from "../../../src/pipeline/hubspot-port.ts";
import { syncMirror } from "../../../src/pipeline/sync/sync-mirror.ts";
import { company, putCompany, putUrgentTicket } from "../customers.ts";
import { openPipelineStage, type PipelineStage } from "../pipeline-stage.ts";
import { putFewCustomers } from "./few-customers.ts";

const WEEK_MS = 7 * 86_400_000;

/** The port, but a request for a bad record, or for its links, is refused as a whole. */
function refusing(port: HubSpotPort, method: "readRecords" | "readLinks", badType: string, badId: string): HubSpotPort {
  const details = { call: "POST /fake", correlationId: null, status: 207, category: "VALIDATION_ERROR" };
  const isBad = (type: string, ids: readonly string[]) => type === badType && ids.includes(badId);
  const refuse = () => Promise.reject(new HubSpotRefused("one of these rows failed", details));
  return method === "readRecords"
    ? { ...port, readRecords: (...args) => (isBad(args[0], args[1]) ? refuse() : port.readRecords(...args)) }
    : { ...port, readLinks: (...args) => (isBad(args[0], args[2]) ? refuse() : port.readLinks(...args)) };
}

describe("a record that HubSpot refuses", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(() => stage.reset());
  afterAll(() => stage.database.drop());

  async function sync(hubspot = stage.hubspot.port): Promise<void> {
    await syncMirror({ ...stage.context(), hubspot }, null, () => undefined);
  }
  async function leftOver(): Promise<string[]> {
    stage.clock.advance(60_000);
    return (await stage.store.work.claim("refresh", 99, stage.clock.instant)).map(({ key }) => key);
  }

  it.each<["readRecords" | "readLinks", string, string, string[]]>([
    ["readRecords", "ticket", "2", ["ticket:1"]],
    ["readLinks", "company", "11", ["ticket:1", "ticket:2"]],
  ])("stands alone where links are followed: %s of %s %s", async (method, type, id, ofFirst) => {
    putFewCustomers(stage.hubspot);
    await sync(refusing(stage.hubspot.port, method, type, id));
    expect(await stage.recordsOf("10")).toEqual(ofFirst);
    expect(await leftOver()).toEqual([`${type}:${id}`]);
  });

  it.each<["readRecords" | "readLinks", string, string]>([
    ["readRecords", "company", "12"],
    ["readLinks", "company", "12"],
  ])("stands alone where few customers are compared: %s of %s %s", async (method, type, id) => {
    putFewCustomers(stage.hubspot);
    await sync();
    stage.clock.advance(WEEK_MS);
    stage.hubspot.portal.link("ticket", "6000", [company("10")]);
    await sync(refusing(stage.hubspot.port, method, type, id));
    expect(await stage.recordsOf("10")).toEqual(["ticket:1", "ticket:2", "ticket:6000"]);
    expect(await leftOver()).toContain(`${type}:${id}`);
  });

  it("stands alone where what was not listed is looked for", async () => {
    for (const id of ["10", "11"]) putCompany(stage.hubspot, id);
    for (const id of ["1", "2", "3", "4"]) putUrgentTicket(stage.hubspot, id, company("10"));
    await sync();
    stage.clock.advance(WEEK_MS);
    for (const id of ["1", "2"]) stage.hubspot.portal.remove("ticket", id);
    await sync(refusing(stage.hubspot.port, "readRecords", "ticket", "1"));
    expect(await stage.recordsOf("10")).toEqual(["ticket:1", "ticket:3", "ticket:4"]);
    expect(await leftOver()).toContain("ticket:1");
  });
});
