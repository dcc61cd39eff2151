import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { sampleRuleset, sampleScore } from "../scoring/sample-ruleset.ts";
import { day, useDecisionStage } from "./decision-stage.ts";
import { record } from "./mirror-stage.ts";

const FORGOTTEN = { known: false, why: "forgotten" };
const summed = { unit: null, links: "primary", decay: null, where: [], currency: null } as const;

/** Seats, features and the worst opinion of any contact, which is the manager's pulse too. */
const rules: Ruleset = sampleRuleset({
  signals: [
    ...sampleRuleset().signals.filter(({ name }) => name !== "nps"),
    { ...summed, name: "nps", label: "NPS", kind: "min", of: "contacts", field: "nps_score", whenNone: null },
  ],
  scores: [sampleScore({ pulse: "nps" })],
});

describe("contacts that are to be forgotten", () => {
  const stage = useDecisionStage();

  const forget = (...ids: string[]) => stage.store.identities.forgetContacts(ids, ["nps"], "webhook", day(2));
  const rowsOf = async <Row>(sql: string) => (await stage.database.pool.query(sql)).rows as Row[];
  const saveContact = (id: string, nps: string | null, ...links: string[]) =>
    stage.store.mirror.saveRecords("contact", [record(id, links, { nps_score: nps }, day(0))], null, day(0));
  const workOf = async () =>
    (
      await rowsOf<{ work: string }>(
        "select kind || ' ' || key || ' ' || hinted_at::date as work from work where kind <> 'deliver' order by 1",
      )
    ).map(({ work }) => work);
  const signalsOf = async (id: string) => (await stage.store.decisions.read(id))?.scores[0]?.detail.signals;

  beforeEach(async () => {
    for (const id of ["10", "11"]) await stage.save(id, 80);
    await saveContact("501", "9", "company 10 primary");
    await saveContact("502", "70", "company 10 primary");
    await saveContact("503", "8", "company 11 primary");
    await stage.decideOn(0, ["10", "11"], { ruleset: rules });
    await stage.database.pool.query("truncate work");
  });

  it("are gone with their links, and so is what belonged to a customer only through them", async () => {
    await stage.store.mirror.saveRecords(
      "ticket",
      [record("1", ["contact 501"]), record("2", ["contact 501", "contact 503"])],
      null,
      day(0),
    );
    await forget("501");
    expect(await rowsOf("select type, id, company_id from records order by 1, 2")).toEqual([
      { type: "contact", id: "502", company_id: "10" },
      { type: "contact", id: "503", company_id: "11" },
      { type: "ticket", id: "2", company_id: "11" },
    ]);
    expect(await rowsOf("select 1 from links where '501' in (from_id, to_id)")).toEqual([]);
    expect(await rowsOf("select 1 from former_contacts where contact_id = '501'")).toEqual([]);
  });

  it("are gone out of the scores of their companies, which stay", async () => {
    const before = await stage.store.decisions.read("10");
    await forget("501");
    const after = await stage.store.decisions.read("10");
    expect(after?.scores.map(({ detail }) => detail.score.value)).toEqual(
      before?.scores.map(({ detail }) => detail.score.value),
    );
    const { signals, score } = after?.scores[0]?.detail ?? {};
    expect(signals).toMatchObject({ seats: { known: true, value: "80" }, nps: FORGOTTEN });
    expect(score?.contributions.map(({ signal, observation }) => [signal, observation.known])).toEqual([
      ["seats", true],
      ["features", true],
      ["nps", false],
    ]);
    expect(score?.contributions[2]?.observation).toEqual(FORGOTTEN);
    expect(score?.pulse).toEqual(FORGOTTEN);
    const [past] = await stage.store.portfolio.scoresAt("10", day(1));
    expect(past?.signals.get("nps")).toEqual(FORGOTTEN);
    expect(await signalsOf("11")).toMatchObject({ nps: { known: true, value: 8 } });
  });

  it("leave what was not known as it was", async () => {
    await saveContact("503", null, "company 11 primary");
    await stage.decideOn(1, ["11"], { ruleset: rules });
    await forget("503");
    expect(await signalsOf("11")).toMatchObject({ nps: { known: false, why: "none" } });
  });

  it("have their companies scored anew by those that are left, also where the score stays the same", async () => {
    await saveContact("504", null, "company 11 primary");
    await forget("501", "504");
    expect(await workOf()).toContain("rescore 10 2026-10-03");
    expect(await workOf()).toContain("rescore 11 2026-10-03");
    await stage.decideOn(2, ["10", "11"], { ruleset: rules });
    expect(await signalsOf("10")).toMatchObject({ nps: { known: true, value: 70 } });
    expect(await signalsOf("11")).toMatchObject({ nps: { known: true, value: 8 } });
  });

  it("are found in the scores of the companies that they were at before they left or were deleted", async () => {
    await saveContact("501", "9", "company 11 primary");
    await saveContact("501", "9", "company 11 primary", "company 12");
    await stage.store.mirror.removeRecords("contact", ["501"], null, day(1));
    await forget("501");
    expect(await signalsOf("10")).toMatchObject({ nps: FORGOTTEN });
    expect(await signalsOf("11")).toMatchObject({ nps: FORGOTTEN });
  });

  it("are found after a merge of their company", async () => {
    await stage.store.mirror.removeRecords("contact", ["501"], null, day(1));
    await stage.store.identities.merge({ id: "20", mergedIds: ["10"], closingReason: "r", priority: "sweep" }, day(1));
    await forget("501");
    expect(await signalsOf("20")).toMatchObject({ nps: FORGOTTEN });
  });

  it("leave no dead letter, and are looked for once more when what is reading them now has ended", async () => {
    await stage.store.work.mark([{ kind: "refresh", key: "contact:501", priority: "webhook" }], day(2));
    const [claim] = await stage.store.work.claim("refresh", 1, new Date(day(2).getTime() + 5_000));
    if (!claim) throw new Error("there was nothing to claim");
    await stage.store.work.refuse(claim, { id: "501", message: "HubSpot names them", correlationId: null }, day(2));
    await stage.database.pool.query(
      "insert into dead_letters (kind, key, died_at, attempts, reason) values ('refresh', 'contact:501', now(), 5, 'HubSpot names them')",
    );
    await forget("501");
    expect(await rowsOf("select 1 from dead_letters")).toEqual([]);
    expect(await rowsOf("select last_error from work where kind = 'refresh'")).toEqual([{ last_error: null }]);
    const [again] = await rowsOf<{ hinted_at: Date }>("select hinted_at from work where kind = 'refresh'");
    expect(again?.hinted_at.getTime()).toBe(day(2).getTime() + 60_000);
  });

  it("may be nobody that is known", async () => {
    await forget("999");
    expect(await workOf()).toEqual(["refresh contact:999 2026-10-03"]);
  });
});
