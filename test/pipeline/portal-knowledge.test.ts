import { describe, expect, it } from "@jest/globals";
import { HubSpotForbidden } from "../../src/pipeline/hubspot-errors.ts";
import { createPortalKnowledge } from "../../src/pipeline/portal-knowledge.ts";
import { createRulesInForce } from "../../src/pipeline/rules-in-force.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { createFakeHubSpot, unavailable } from "../fakes/fake-hubspot.ts";
import { pipelineRules } from "./pipeline-rules.ts";

const HOUR_MS = 3_600_000;
const ruleset = pipelineRules();
const rules = compileRuleset(ruleset);
const ticketless = { ...rules, ruleset: { ...ruleset, hash: "ticketless" }, sources: new Set(["contacts"] as const) };

describe("what is known of the portal", () => {
  function open(first = rules) {
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
    const rulesInForce = createRulesInForce(first);
    const knowledge = createPortalKnowledge(hubspot.port, settings, rulesInForce, now);
    return { clock, hubspot, kept, rulesInForce, knowledge };
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

  it("has no stages where HubSpot forbids them, and everything else all the same", async () => {
    const { hubspot, knowledge } = open();
    const details = { call: "GET /pipelines", correlationId: null, requiredScopes: ["tickets"] };
    hubspot.failNext("readTicketStages", new HubSpotForbidden("no", details));
    const facts = await knowledge.facts();
    expect([...facts.closedStages]).toEqual([]);
    expect(facts.owners.active.size).toBe(1);
  });

  it("asks for stages only once rules read tickets, be it that these wait", async () => {
    const { hubspot, rulesInForce, knowledge } = open(ticketless);
    expect([...(await knowledge.facts()).closedStages]).toEqual([]);
    expect(hubspot.calls).toEqual(["readOwners"]);
    rulesInForce.offer({ rules, text: "" });
    expect([...(await knowledge.facts()).closedStages]).toEqual(["0/4"]);
  });

  it("knows no deactivated owner", async () => {
    const { hubspot, knowledge } = open();
    hubspot.owners.push({ id: "9", email: "gone@example.com", name: "Gone", archived: true });
    expect((await knowledge.facts()).owners.active.has("9")).toBe(false);
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
