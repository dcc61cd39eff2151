import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { cutPortfolio } from "../../src/pipeline/cut-portfolio.ts";
import { rescoreCompanies } from "../../src/pipeline/rescore.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import type { PercentileBands } from "../../src/scoring/ruleset/score-rules.ts";
import { plainRule, sampleScore } from "../scoring/sample-ruleset.ts";
import { putCompany } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const quarters: PercentileBands = { unhealthy: 25, healthy: 75, property: "chs_quartile" };

/** The score is the seats; its quarters stand in a property of their own. */
function quarteredRules(percentileBands = quarters): Ruleset {
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

  const sweep = async (seats: readonly number[], percentileBands = quarters) => {
    for (const [index, value] of seats.entries()) putCompany(stage.hubspot, String(100 + index), { seats: `${value}` });
    await stage.sweep(stage.context(quarteredRules(percentileBands)));
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
    expect(placed.filter((line) => line.endsWith(" unhealthy"))).toHaveLength(5);
    expect(placed.filter((line) => line.endsWith(" healthy"))).toHaveLength(5);
    expect(placed.slice(4, 6)).toEqual(["5 unhealthy", "6 middle"]);
    expect(placed.slice(14, 16)).toEqual(["15 middle", "16 healthy"]);
  });

  it.each([
    [21, 25, 75, 5, 5],
    [23, 25, 75, 5, 5],
    [40, 10, 95, 4, 2],
    [30, 33.3, 66.6, 9, 10],
  ])("of %d customers cut at %d %% and %d %% leave no more out than they say", async (n, low, high, worst, best) => {
    const percentileBands = { unhealthy: low, healthy: high, property: "chs_quartile" };
    await sweep(oneTo(n), percentileBands);
    const places = (await placements()).map((line) => line.split(" ")[1]);
    expect(places.filter((place) => place === "unhealthy")).toHaveLength(worst);
    expect(places.filter((place) => place === "healthy")).toHaveLength(best);
  });

  it("place those who moved also when the service fell between the cut and their scores", async () => {
    await sweep(oneTo(20));
    const context = stage.context(quarteredRules());
    for (const id of ["100", "101", "102", "103", "104"]) {
      putCompany(stage.hubspot, id, { seats: "90" });
      await stage.hint(`company:${id}`);
    }
    await stage.workOff(context);
    const moved = [105, 106, 107, 108, 109, 115, 116, 117, 118, 119].map(String);
    expect(await cutPortfolio(context)).toEqual(moved);
    expect(await cutPortfolio(context)).toEqual(moved);
    await rescoreCompanies(context, moved, { priority: "sweep", tasksForCurrent: false });
    const placed = await placements();
    expect(placed.slice(5, 11)).toEqual(
      ["6", "7", "8", "9", "10"].map((seats) => `${seats} unhealthy`).concat("11 middle"),
    );
    expect(placed.slice(14)).toEqual(["15", "16", "17", "18", "19", "20"].map((seats) => `${seats} middle`));
    expect(await cutPortfolio(context)).toEqual([]);
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
    expect(placed[15]).toBe("16 healthy");
    await stage.sweep(context);
    expect((await placements())[15]).toBe("16 middle");
  });
});
