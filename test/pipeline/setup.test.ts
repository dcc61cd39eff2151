import { beforeEach, describe, expect, it } from "@jest/globals";
import { setUpPortal } from "../../src/pipeline/setup.ts";
import type { HubSpotPort, NewProperty, PropertyDefinition } from "../../src/pipeline/hubspot-port.ts";
import { createFakeHubSpot } from "../fakes/fake-hubspot.ts";
import { sampleScore } from "../scoring/sample-ruleset.ts";
import { pipelineRules } from "./pipeline-rules.ts";

describe("the portal's set-up", () => {
  const rules = pipelineRules();
  let hubspot: HubSpotPort;
  let standing: Map<string, PropertyDefinition>;
  let made: NewProperty[];

  beforeEach(() => {
    made = [];
    standing = new Map();
    hubspot = {
      ...createFakeHubSpot(() => new Date("2026-10-01T08:00:00Z")).port,
      readPropertyDefinitions: () => Promise.resolve([...standing.values()]),
      createProperties(_type, definitions) {
        made.push(...definitions);
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

  const phase = { ...sampleScore(), name: "onboarding", label: "Oppstart", when: [] };
  const phased = sampleScore({
    label: "Helse",
    phases: [phase],
    percentileBands: { unhealthy: 25, healthy: 75, property: "chs_place" },
  });
  it.each([
    ["en", "Helse: placement", ["Unhealthy", "Middle", "Healthy"], ["Unknown", "Churned"]],
    ["nb", "Helse: plassering", ["Svak", "Middels", "Sunn"], ["Ukjent", "Sluttet"]],
    ["da", "Helse: placering", ["Svag", "Middel", "Sund"], ["Ukendt", "Stoppet"]],
  ] as const)("makes the phase and the placement, in %s", async (language, label, places, special) => {
    await setUpPortal(hubspot, pipelineRules({ language, scores: [phased] }));
    const find = (name: string) => made.find((property) => property.name === name);
    const labelsOf = (name: string) => find(name)?.options?.map((option) => option.label);
    expect(find("chs_health_phase")?.options).toEqual([{ value: "onboarding", label: "Oppstart" }]);
    expect(find("chs_place")).toMatchObject({ label, type: "enumeration", fieldType: "select" });
    expect(find("chs_place")?.options?.map(({ value }) => value)).toEqual(["unhealthy", "middle", "healthy"]);
    expect(labelsOf("chs_place")).toEqual(places);
    expect(labelsOf("chs_health_band")).toEqual(["At risk", "Watch", "Healthy", ...special]);
  });

  it("tells of a phase that the portal does not know", async () => {
    await setUpPortal(hubspot, pipelineRules({ scores: [phased] }));
    const renamed = sampleScore({ ...phased, phases: [{ ...phase, name: "trial" }] });
    const { drifted } = await setUpPortal(hubspot, pipelineRules({ scores: [renamed] }));
    expect(drifted).toEqual([{ name: "chs_health_phase", expected: "options trial", found: "options onboarding" }]);
  });
});
