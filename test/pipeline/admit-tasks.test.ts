import { describe, expect, it } from "@jest/globals";
import { samplePlay } from "../scoring/sample-ruleset.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { useTaskStage } from "./task-stage.ts";

const DAY_MS = 86_400_000;

describe("a play that makes one task a week", () => {
  const stage = useTaskStage(pipelineRules({ plays: [samplePlay({ weeklyCapacity: 1 })] }));

  it("makes the first at once, and the next in the week that follows", async () => {
    await stage.drop("10");
    await stage.drop("11");
    await stage.pipeline.workOff(stage.context);
    expect(await stage.pipeline.tasks()).toEqual(["follow-up-10-1 open", "follow-up-11-1 waiting"]);
    // From Thursday to Sunday.
    stage.pipeline.clock.advance(3 * DAY_MS);
    await stage.pipeline.sweep(stage.context);
    expect(stage.atHubSpot("11")).toEqual([]);
    stage.pipeline.clock.advance(DAY_MS);
    await stage.pipeline.sweep(stage.context);
    expect(stage.atHubSpot("11")).toMatchObject([{ key: "follow-up-11-1" }]);
  });
});

describe("a play of a team", () => {
  const owner = { kind: "team" as const, emails: ["kari@example.com"] };
  const stage = useTaskStage(pipelineRules({ plays: [samplePlay({ task: { owner } })] }));

  it("makes every task at once, with the owner whose turn it is", async () => {
    await stage.drop("10");
    await stage.drop("11");
    await stage.pipeline.workOff(stage.context);
    expect(stage.atHubSpot("10")).toMatchObject([{ ownerId: "7" }]);
    expect(stage.atHubSpot("11")).toMatchObject([{ ownerId: "7" }]);
  });
});
