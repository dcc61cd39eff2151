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
  let staysArchived: boolean;
  let made: NewProperty[];
  let added: Record<string, PropertyOption[]>;

  beforeEach(() => {
    made = [];
    added = {};
    staysArchived = false;
    standing = new Map();
    hubspot = {
      ...createFakeHubSpot(() => new Date("2026-10-01T08:00:00Z")).port,
      readPropertyDefinitions: () => Promise.resolve([...standing.values()]),
      createProperties(_type, definitions) {
        made.push(...definitions);
        for (const { name, type, fieldType, options = [] } of definitions) {
          const values = options.map(({ value }) => value);
          const fresh = { name, type, fieldType, options: values, archived: false, calculated: false };
          // Brought back as what it was.
          standing.set(name, { ...(standing.get(name) ?? fresh), archived: staysArchived });
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

  it("tells of one that was brought back as something else, or not at all", async () => {
    await setUpPortal(hubspot, rules);
    change("chs_health_score", { archived: true, type: "string" });
    expect(await setUpPortal(hubspot, rules)).toMatchObject({
      created: ["chs_health_score"],
      drifted: [{ name: "chs_health_score", expected: "type number", found: "type string" }],
    });
    change("chs_health_score", { archived: true, type: "number" });
    staysArchived = true;
    expect(await setUpPortal(hubspot, rules)).toMatchObject({
      created: [],
      drifted: [{ name: "chs_health_score", expected: "a property in use", found: "an archived one" }],
    });
  });

  it.each([
    ["type", "chs_health_score", { type: "string" }, "type number", "type string"],
    ["type", "chs_health_band", { type: "string", options: [] }, "type enumeration", "type string"],
    ["field type", "chs_health_reasons", { fieldType: "html" }, "field type textarea", "field type html"],
    [
      "source",
      "chs_health_score",
      { calculated: true },
      "values that an app may write",
      "values that HubSpot calculates",
    ],
  ])("tells of a property of another %s, and leaves it as it is: %s", async (_, name, as, expected, found) => {
    await setUpPortal(hubspot, rules);
    change(name, as);
    expect(await setUpPortal(hubspot, rules)).toMatchObject({
      created: [],
      extended: [],
      drifted: [{ name, expected, found }],
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
