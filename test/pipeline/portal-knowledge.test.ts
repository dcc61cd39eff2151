import { describe, expect, it } from "@jest/globals";
import { createPortalKnowledge } from "../../src/pipeline/portal-knowledge.ts";
import { createFakeHubSpot, unavailable } from "../fakes/fake-hubspot.ts";

const HOUR_MS = 3_600_000;

describe("what is known of the portal", () => {
  function open() {
    const clock = { ms: Date.parse("2026-10-01T08:00:00Z") };
    const now = () => new Date(clock.ms);
    const hubspot = createFakeHubSpot(now);
    const kept: unknown[] = [];
    const settings = {
      read: () => Promise.resolve(null),
      write: (name: string, value: unknown) => {
        kept.push([name, value]);
        return Promise.resolve();
      },
    };
    return { clock, hubspot, kept, knowledge: createPortalKnowledge(hubspot.port, settings, now) };
  }

  it("is read once for all who ask at a time, and again when it is an hour old", async () => {
    const { clock, hubspot, knowledge } = open();
    await Promise.all([knowledge.facts(), knowledge.facts()]);
    await knowledge.facts();
    expect(hubspot.calls).toEqual(["readTicketStages", "readOwners"]);

    hubspot.owners.push({ id: "8", email: "Ola@Example.com", name: "Ola", archived: false });
    clock.ms += HOUR_MS;
    expect((await knowledge.facts()).owners.idByEmail.get("ola@example.com")).toBe("8");
  });

  it("keeps what scores depend on, for what scores without asking HubSpot", async () => {
    const { kept, knowledge } = open();
    await knowledge.facts();
    expect(kept).toEqual([["portal_facts", { closedStages: ["0/4"] }]]);
  });

  it("is the old one while HubSpot cannot answer, and nothing where there is no old one", async () => {
    const { clock, hubspot, knowledge } = open();
    hubspot.failNext("readOwners", unavailable(503));
    await expect(knowledge.facts()).rejects.toThrow("503");
    const facts = await knowledge.facts();
    clock.ms += HOUR_MS;
    hubspot.failNext("readOwners", unavailable(503));
    expect(await knowledge.facts()).toBe(facts);
  });
});
