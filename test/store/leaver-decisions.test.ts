import { describe, expect, it } from "@jest/globals";
import { useDecisionStage } from "./decision-stage.ts";

describe("decisions", () => {
  const stage = useDecisionStage();

  describe("of a customer that left", () => {
    it("keep its scores in the band churned, and close its tasks", async () => {
      await stage.save("10", 80);
      await stage.decideOn(0);
      await stage.save("10", 30);
      await stage.decideOn(1);
      await stage.openTask("follow-up-10-1", 1);
      await stage.deliver("10");
      await stage.save("10", 30, { churned_at: "2026-10-02" });

      expect(await stage.decideOn(2)).toEqual({ decided: 1, changed: 1, tasks: 0, closings: 1 });

      const stored = await stage.store.decisions.read("10");
      expect(stored).toMatchObject({
        scores: [{ band: "churned", detail: { score: { value: 30 } } }],
        values: { chs_health_score: "30", chs_health_band: "churned" },
      });
      expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 closing"]);
      expect(await stage.deliveries()).toEqual(["10"]);
      expect(await stage.historyOf("10")).toEqual(["80 healthy", "30 at_risk", "30 churned"]);
      expect(await stage.store.decisions.countByBand("health")).toEqual([{ band: "churned", companies: 1 }]);
    });

    it("count it as churned also when it was never scored", async () => {
      await stage.save("10", 30, { churned_at: "2026-10-02" });
      await stage.decideOn(0);
      await stage.decideOn(1);
      expect(await stage.store.decisions.countByBand("health")).toEqual([{ band: "churned", companies: 1 }]);
      expect(await stage.historyOf("10")).toEqual(["null churned"]);
      expect((await stage.store.decisions.read("10"))?.values).toEqual({ chs_health_band: "churned" });
    });

    it("start anew when it returns", async () => {
      await stage.save("10", 80);
      await stage.decideOn(0);
      await stage.save("10", 80, { churned_at: "2026-10-02" });
      await stage.decideOn(1);
      await stage.save("10", 30, { churned_at: null });
      expect(await stage.decideOn(2)).toMatchObject({ tasks: 0 });
      expect(await stage.store.decisions.countByBand("health")).toEqual([{ band: "at_risk", companies: 1 }]);
    });
  });

  it("forget the scores of a company that is no customer any more, and end its tasks", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    await stage.save("10", 30);
    await stage.decideOn(1);
    await stage.deliver("10");
    await stage.save("10", 30, { lifecyclestage: "other" });
    expect(await stage.decideOn(2)).toEqual({ decided: 1, changed: 0, tasks: 0, closings: 1 });
    expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 cancelled"]);
    expect(await stage.store.decisions.countByBand("health")).toEqual([]);
    expect(await stage.decideOn(3)).toEqual({ decided: 1, changed: 0, tasks: 0, closings: 0 });
  });
});
