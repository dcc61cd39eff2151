import { beforeEach, describe, expect, it } from "@jest/globals";
import { auditPortfolio } from "../../src/pipeline/audit-portfolio.ts";
import { DayAhead, explainCompany, UnknownCompany } from "../../src/pipeline/explain-company.ts";
import { CustomersNotMirrored, previewRules } from "../../src/pipeline/preview-rules.ts";
import { NothingSwept } from "../../src/pipeline/read-portfolio.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { plainRule, plainSignal, sampleRuleset, sampleScore } from "../scoring/sample-ruleset.ts";
import { day, useDecisionStage } from "../store/decision-stage.ts";

describe("looking at all customers without HubSpot", () => {
  const stage = useDecisionStage();
  const rules = compileRuleset(sampleRuleset());
  const context = (days = 0) => ({ store: stage.store, rules, now: () => day(days) });

  beforeEach(async () => {
    await stage.database.pool.query("truncate settings");
    await stage.store.settings.write("portal_facts", { closedStages: ["0/4"] });
    await stage.store.settings.write("mirror", {
      customers: [...rules.customers],
      properties: { company: rules.reads.company, contact: [] },
      histories: [],
      watermarks: {},
      unreadable: [],
    });
  });

  function withBand(below: number): Ruleset {
    const bands = sampleScore().bands.map((band) => (band.name === "at_risk" ? { ...band, below } : band));
    return sampleRuleset({ hash: "other", scores: [sampleScore({ bands })] });
  }

  it("previews new rules over every customer of the mirror", async () => {
    for (const [index, score] of [40, 55, 60, 90].entries()) await stage.save(String(10 + index), score);
    const { comparison, unmirrored, otherCustomers } = await previewRules(context(), withBand(58));

    expect(unmirrored).toEqual({ signals: [], fields: [], customers: [] });
    expect(otherCustomers).toBe(false);
    expect(comparison.companies).toBe(4);
    expect(comparison.scores[0]?.movers.map(({ companyId, to }) => [companyId, to.band])).toEqual([["11", "at_risk"]]);
    expect(comparison.plays[0]?.gained).toEqual([{ companyId: "11", name: "Company 11", worth: null }]);
  });

  it("goes through more customers than are read at a time", async () => {
    await stage.database.pool.query(
      `insert into companies (id, properties, modified_at, is_complete)
       select id::text, '{"lifecyclestage": "customer", "seats": "70"}', now(), true from generate_series(1, 1203) as id`,
    );
    const { comparison } = await previewRules(context(), withBand(50));
    expect(comparison.companies).toBe(1203);
  });

  it("leaves what is not mirrored out of the new rules, and says so", async () => {
    await stage.save("10", 60);
    const next = sampleRuleset({
      signals: [...sampleRuleset().signals, plainSignal("logins")],
      scores: [
        sampleScore({
          dimensions: [
            { name: "use", label: "Use", weight: 1, rules: [plainRule("seats")] },
            { name: "logins", label: "Logins", weight: 9, rules: [plainRule("logins")] },
          ],
        }),
      ],
    });
    const { comparison, unmirrored } = await previewRules(context(), next);

    expect(unmirrored).toEqual({ signals: ["logins"], fields: ["company.logins"], customers: [] });
    expect(comparison.scores[0]).toMatchObject({
      without: ["logins"],
      movers: [],
      coverage: { before: 1, after: 1 },
    });

    const rest = [{ name: "logins", label: "Logins", weight: 1, rules: [plainRule("logins")] }];
    const nothing = await previewRules(context(), { ...next, scores: [sampleScore({ dimensions: rest })] });
    expect(nothing.comparison).toMatchObject({ onlyBefore: [], unscored: ["health"] });
    expect(nothing.comparison.plays).toMatchObject([{ in: "both", by: "unmirrored" }]);
  });

  it("does not guess who is a customer", async () => {
    const where = [{ field: "segment", test: { kind: "is" as const, values: ["A"] } }];
    const next = sampleRuleset({ customers: { ...sampleRuleset().customers, where } });
    await expect(previewRules(context(), next)).rejects.toThrow(CustomersNotMirrored);
  });

  it("says that a sweep must run first", async () => {
    await stage.database.pool.query("truncate settings");
    await expect(previewRules(context(), withBand(58))).rejects.toThrow(NothingSwept);
    await expect(auditPortfolio(context())).rejects.toThrow(NothingSwept);
  });

  it("audits the rules", async () => {
    for (const [index, score] of [40, 55, null].entries()) await stage.save(String(10 + index), score);
    const { customers, signals, scores } = await auditPortfolio(context());
    expect(customers).toBe(3);
    expect(signals[0]?.known).toBeCloseTo(2 / 3, 6);
    expect(scores[0]).toMatchObject({ scored: 2, lowest: { band: "at_risk", customers: 1, others: 1 } });
  });

  it("explains a company: what would bring it up, and why it is not what it was", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    await stage.save("10", 40);
    await stage.decideOn(5);
    const { waysUp, changes } = await explainCompany(context(6), "10", day(1));

    expect(waysUp.get("health")).toMatchObject({ band: { name: "watch" }, from: 50 });
    const change = changes.get("health");
    expect(change?.since).toEqual(day(0));
    expect(change?.change.parts.map(({ cause, points }) => [cause, points])).toEqual([
      ["rules", 0],
      ["data", 0],
      ["behaviour", -40],
      ["time", 0],
    ]);
    expect((await explainCompany(context(6), "10", day(-1))).changes.get("health")).toBeNull();
    await expect(explainCompany(context(), "404", null)).rejects.toThrow(UnknownCompany);
  });

  it("compares with no day that has not been yet, but with today", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    const date = (days: number) => day(days).toISOString().slice(0, 10);
    await expect(explainCompany(context(), "10", day(1))).rejects.toThrow(new DayAhead(date(1), date(0)));
    await expect(explainCompany(context(), "10", day(1))).rejects.toThrow(
      `allowed is ${date(0)} and any day before it`,
    );
    expect((await explainCompany(context(), "10", day(0))).changes.get("health")).not.toBeNull();
  });
});
