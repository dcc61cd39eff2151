import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { putCompany } from "../pipeline/customers.ts";
import { openPipelineStage, type PipelineStage } from "../pipeline/pipeline-stage.ts";
import type { Capability } from "./capability-names.ts";
import { rulesAround, type RuleParts } from "./rules-around.ts";

const WEEK_MS = 7 * 86_400_000;

let stage: PipelineStage;
beforeAll(async () => {
  stage = await openPipelineStage();
});
beforeEach(() => stage.reset());
afterAll(() => stage.database.drop());

const callWith = (settings: string, owner = "company") => `
  - name: Call
    when: { health: { enters: at_risk } }
    ${settings}
    task: { subject: "{{ company.name }}", body: Call, due: 2 working days, owner: ${owner} }`;

/** Whom the portal's tasks are about and whose they are, in the order in which they were made. */
const made = () => [...stage.hubspot.portal.tasks.values()].map(({ subject, ownerId }) => `${subject}: ${ownerId}`);

/** Runs a night in which the customers that are at risk already get their tasks. */
async function sweepWith(parts: RuleParts, tasksForCurrent = true): Promise<void> {
  await stage.sweep(stage.context(rulesAround(parts).ruleset), tasksForCurrent);
}

test("capacity per week, by risk times value" satisfies Capability, async () => {
  const parts = { customers: "value: arr", plays: callWith("capacity: 2 per week") };
  // Points at risk by value: 60 x 100, 90 x 10 and 55 x 1000.
  for (const [id, level, arr] of [
    ["1", "40", "100"],
    ["2", "10", "10"],
    ["3", "45", "1000"],
  ] as const) {
    putCompany(stage.hubspot, id, { level, arr, hubspot_owner_id: "7" });
  }
  await sweepWith(parts);
  expect(made().toSorted()).toEqual(["Company 1: 7", "Company 3: 7"]);
  stage.clock.advance(WEEK_MS);
  await sweepWith(parts, false);
  expect(made().slice(2)).toEqual(["Company 2: 7"]);
});

test("owner from a team in turn" satisfies Capability, async () => {
  stage.hubspot.owners.push({ id: "8", email: "ola@example.com", name: "Ola", archived: false });
  for (const level of ["10", "20", "30"]) putCompany(stage.hubspot, level, { level });
  await sweepWith({ plays: callWith("", "{ team: [kari@example.com, ola@example.com] }") });
  expect(made().toSorted()).toEqual(["Company 10: 7", "Company 20: 8", "Company 30: 7"]);
});

test("percentile bands" satisfies Capability, async () => {
  for (let level = 1; level <= 20; level += 1) putCompany(stage.hubspot, String(100 + level), { level: String(level) });
  await sweepWith({ score: "percentile_bands: { unhealthy: 25, healthy: 75, property: chs_health_quartile }" });
  const { rows } = await stage.database.pool.query<{ placement: string }>(
    "select decided->>'chs_health_quartile' as placement from companies order by id",
  );
  const placed = rows.map(({ placement }) => placement);
  expect([placed.slice(4, 6), placed.slice(14, 16)]).toEqual([
    ["unhealthy", "middle"],
    ["middle", "healthy"],
  ]);
});
