import { beforeEach, describe, expect, it } from "@jest/globals";
import { setUpPortal } from "../../src/pipeline/setup.ts";
import type { HubSpotPort, NewProperty, PropertyDefinition, PropertyOption } from "../../src/pipeline/hubspot-port.ts";
import { createFakeHubSpot } from "../fakes/fake-hubspot.ts";
import { sampleScore } from "../scoring/sample-ruleset.ts";
import { pipelineRules } from "./pipeline-rules.ts";

describe("the portal's set-up", () => {
  const rules = pipelineRules();
  let hubspot: HubSpotPort;
  let standing: Map<string, PropertyDefinition>;
  let made: NewProperty[];
  let added: Record<string, PropertyOption[]>;

  beforeEach(() => {
    made = [];
    added = {};
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
      addOptions(_type, name, options) {
        added[name] = [...options];
        const before = standing.get(name)?.options ?? [];
        change(name, { options: [...before, ...options.map(({ value }) => value)] });
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
    expect(await setUpPortal(hubspot, rules)).toEqual({ created: [], extended: [], drifted: [], hasTaskKey: true });
  });

  it("makes an archived property anew, which brings it back", async () => {
    await setUpPortal(hubspot, rules);
    change("chs_health_score", { archived: true });
    expect((await setUpPortal(hubspot, rules)).created).toEqual(["chs_health_score"]);
  });

  it("tells of a property of another type, and leaves it as it is", async () => {
    await setUpPortal(hubspot, rules);
    change("chs_health_score", { type: "string" });
    change("chs_health_band", { type: "string", options: [] });
    expect(await setUpPortal(hubspot, rules)).toMatchObject({
      extended: [],
      drifted: [
        { name: "chs_health_score", expected: "type number", found: "type string" },
        { name: "chs_health_band", expected: "type enumeration", found: "type string" },
      ],
    });
    expect(added).toEqual({});
  });

  it("adds the bands that the portal does not know, once", async () => {
    await setUpPortal(hubspot, rules);
    change("chs_health_band", { options: ["healthy", "churned", "from_before"] });
    const lacking = ["at_risk", "watch", "unknown"];
    expect(await setUpPortal(hubspot, rules)).toMatchObject({
      created: [],
      extended: [{ name: "chs_health_band", options: lacking }],
      drifted: [],
    });
    expect(added["chs_health_band"]).toMatchObject([{ value: "at_risk", label: "At risk" }, {}, {}]);
    expect(standing.get("chs_health_band")?.options).toEqual(["healthy", "churned", "from_before", ...lacking]);
    expect((await setUpPortal(hubspot, rules)).extended).toEqual([]);
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

  it("adds a phase that the portal does not know", async () => {
    await setUpPortal(hubspot, pipelineRules({ scores: [phased] }));
    const renamed = sampleScore({ ...phased, phases: [{ ...phase, name: "trial" }] });
    const { extended, drifted } = await setUpPortal(hubspot, pipelineRules({ scores: [renamed] }));
    expect({ extended, drifted }).toEqual({
      extended: [{ name: "chs_health_phase", options: ["trial"] }],
      drifted: [],
    });
    expect(added).toEqual({ chs_health_phase: [{ value: "trial", label: "Oppstart" }] });
  });
});
