import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { plainRule, sampleScore } from "../scoring/sample-ruleset.ts";
import { putCompany } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

/** The score is the seats; its quarters stand in a property of their own. */
function quarteredRules(): Ruleset {
  const percentileBands = { unhealthy: 25, healthy: 75, property: "chs_quartile" };
  const dimensions = [{ name: "usage", label: "Use", weight: 1, rules: [plainRule("seats")] }];
  return pipelineRules({ scores: [sampleScore({ dimensions, percentileBands })] });
}

describe("percentile bands", () => {
  let stage: PipelineStage;
  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(() => stage.reset());
  afterAll(() => stage.database.drop());

  const sweep = async (seats: readonly number[]) => {
    for (const [index, value] of seats.entries()) putCompany(stage.hubspot, String(100 + index), { seats: `${value}` });
    await stage.sweep(stage.context(quarteredRules()));
  };
  const placements = async () => {
    const { rows } = await stage.database.pool.query<{ seats: string; placement: string }>(
      "select properties->>'seats' as seats, decided->>'chs_quartile' as placement from companies order by id",
    );
    return rows.map(({ seats, placement }) => `${seats} ${placement}`);
  };
  const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  it("place every customer in its quarter by the end of one sweep", async () => {
    await sweep(oneTo(20));
    const placed = await placements();
    expect(placed.filter((line) => line.endsWith("unhealthy"))).toHaveLength(4);
    expect(placed.slice(3, 6)).toEqual(["4 unhealthy", "5 middle", "6 middle"]);
    expect(placed.slice(13, 16)).toEqual(["14 middle", "15 healthy", "16 healthy"]);
  });

  it("give equal scores one place, the better one", async () => {
    await sweep([...oneTo(3), ...Array.from({ length: 17 }, () => 50)]);
    expect((await placements()).slice(2, 5)).toEqual(["3 unhealthy", "50 healthy", "50 healthy"]);
  });

  it("are empty with fewer than twenty scored customers", async () => {
    await sweep(oneTo(19));
    expect(new Set((await placements()).map((line) => line.split(" ")[1]))).toEqual(new Set([""]));
  });

  it("stay as the sweep cut them while a customer moves by day", async () => {
    await sweep(oneTo(20));
    const context = stage.context(quarteredRules());
    putCompany(stage.hubspot, "100", { seats: "90" });
    await stage.hint("company:100");
    await stage.workOff(context);
    const placed = await placements();
    expect(placed[0]).toBe("90 healthy");
    expect(placed[14]).toBe("15 healthy");
    await stage.sweep(context);
    expect((await placements())[14]).toBe("15 middle");
  });
});
