import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Service } from "../../src/compose.ts";
import { openStage, type Stage } from "./open-stage.ts";
import { RULES_FILE } from "./rules-file.ts";

describe("a rule file that changes while the service runs", () => {
  let stage: Stage;
  let service: Service;
  let folder: string;
  let file: string;
  let shipped: string;
  let companyId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "reload-"));
    file = join(folder, "health.yaml");
    shipped = await readFile(RULES_FILE, "utf8");
    await writeFile(file, shipped);
    stage = await openStage({ companies: 30, rulesFile: file });
    companyId = await stage.person.addCustomer();
    service = await stage.start();
    await stage.settle();
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const change = async (text: string) => {
    await writeFile(file, text);
    await service.reloadRules();
    await stage.settle();
  };
  const hashes = async () => {
    const { rows } = await stage.database.pool.query<{ hash: string }>(
      "select distinct ruleset_hash as hash from scores where band <> 'churned'",
    );
    return rows.map(({ hash }) => hash);
  };
  const rulesCheck = async () => {
    const answer = await fetch(`${stage.publicUrl}/readyz`);
    const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean }[] };
    return { status: answer.status, ok: checks.find(({ name }) => name === "rules")?.ok };
  };

  it("scores everybody by the new rules, makes what they write, and no task", async () => {
    const before = service.rulesInForce.current().ruleset.hash;
    // Everybody is at risk by these, which nobody was before.
    await change(
      shipped.replace("property: chs_health_score", "property: chs_second_score").replace("below: 50", "below: 74"),
    );

    const after = service.rulesInForce.current().ruleset.hash;
    expect(after).not.toBe(before);
    expect(await hashes()).toEqual([after]);
    expect((await service.store.rulesets.list()).map(({ hash }) => hash)).toEqual(
      expect.arrayContaining([after, before]),
    );
    const { rows } = await stage.database.pool.query("select key from tasks where play = 'at-risk-follow-up'");
    expect(rows).toEqual([]);
    const { found } = await service.hubspot.readRecords("company", [companyId], ["chs_second_score"]);
    expect(found[0]?.properties["chs_second_score"]).toBe("100");
  });

  it("adds a band of a new name to the options that HubSpot has", async () => {
    await change(shipped.replaceAll("at_risk", "in_danger").replaceAll("name: onboarding", "name: starting"));

    const definitions = await service.hubspot.readPropertyDefinitions("company");
    const optionsOf = (property: string) => definitions.find(({ name }) => name === property)?.options;
    expect(optionsOf("chs_health_band")).toEqual(expect.arrayContaining(["at_risk", "in_danger"]));
    expect(optionsOf("chs_health_phase")).toEqual(expect.arrayContaining(["onboarding", "starting"]));
    const { rows } = await stage.database.pool.query("select count(*)::int as n from dead_letters");
    expect(rows).toEqual([{ n: 0 }]);
  });

  it("keeps the last good rules while the file is bad, and says so", async () => {
    const before = service.rulesInForce.current().ruleset.hash;
    await change(shipped.replace("timezone: Europe/Oslo", "timezone: Europe/Olso"));
    expect(service.rulesInForce.current().ruleset.hash).toBe(before);
    expect(await rulesCheck()).toEqual({ status: 200, ok: false });
    expect(stage.log.lines.filter(({ level }) => level === "error").map(({ message }) => message)).toEqual([
      "the rule file cannot be used; the last good one stays in force",
    ]);

    await change(shipped);
    expect(service.rulesInForce.current().ruleset.hash).not.toBe(before);
    expect(await rulesCheck()).toEqual({ status: 200, ok: true });
  });
});
