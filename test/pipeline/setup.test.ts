import { beforeEach, describe, expect, it } from "@jest/globals";
import { setUpPortal } from "../../src/pipeline/setup.ts";
import type { HubSpotPort, PropertyDefinition } from "../../src/pipeline/hubspot-port.ts";
import { createFakeHubSpot } from "../fakes/fake-hubspot.ts";
import { pipelineRules } from "./pipeline-rules.ts";

describe("the portal's set-up", () => {
  const rules = pipelineRules();
  let hubspot: HubSpotPort;
  let standing: Map<string, PropertyDefinition>;

  beforeEach(() => {
    standing = new Map();
    hubspot = {
      ...createFakeHubSpot(() => new Date("2026-10-01T08:00:00Z")).port,
      readPropertyDefinitions: () => Promise.resolve([...standing.values()]),
      createProperties(_type, definitions) {
        for (const { name, type, options = [] } of definitions) {
          standing.set(name, { name, type, options: options.map(({ value }) => value), archived: false });
        }
        return Promise.resolve();
      },
    };
  });
  const change = (name: string, what: Partial<PropertyDefinition>) => {
    const definition = standing.get(name);
    if (!definition) throw new Error(`${name} was not made`);
    standing.set(name, { ...definition, ...what });
  };

  it("makes what is missing, and nothing when it runs again", async () => {
    const { created, drifted, hasTaskKey } = await setUpPortal(hubspot, rules);
    expect(created).toContain("chs_health_score");
    expect({ drifted, hasTaskKey }).toEqual({ drifted: [], hasTaskKey: true });
    expect(await setUpPortal(hubspot, rules)).toEqual({ created: [], drifted: [], hasTaskKey: true });
  });

  it("makes an archived property anew, which brings it back", async () => {
    await setUpPortal(hubspot, rules);
    change("chs_health_score", { archived: true });
    expect((await setUpPortal(hubspot, rules)).created).toEqual(["chs_health_score"]);
  });

  it("tells of a property of another type, and of a band that the portal does not know", async () => {
    await setUpPortal(hubspot, rules);
    change("chs_health_score", { type: "string" });
    change("chs_health_band", { options: ["healthy", "churned"] });
    const { drifted } = await setUpPortal(hubspot, rules);
    expect(drifted).toMatchObject([
      { name: "chs_health_score", expected: "type number", found: "type string" },
      { name: "chs_health_band", found: "options healthy, churned" },
    ]);
    expect(drifted[1]?.expected).toMatch(/^options .*unknown$/);
  });
});
