import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { PipelineContext } from "../../src/pipeline/pipeline-context.ts";
import { receiveHints } from "../../src/pipeline/receive.ts";
import { unavailable } from "../fakes/fake-hubspot.ts";
import { company, contact, putCompany, putUrgentTicket } from "./customers.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

describe("refreshing records", () => {
  let stage: PipelineStage;
  let context: PipelineContext;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    context = stage.context();
    putCompany(stage.hubspot, "10");
    putCompany(stage.hubspot, "11");
    await stage.sweep(context);
    stage.hubspot.calls.length = 0;
  });
  afterAll(() => stage.database.drop());

  async function hintAndWork(...keys: string[]): Promise<void> {
    await stage.hint(...keys);
    await stage.workOff(context);
  }

  it("brings a changed ticket into the score of its company", async () => {
    expect(await stage.valueOf("10", "score")).toBe("95");
    putUrgentTicket(stage.hubspot, "1", company("10"));
    await hintAndWork("ticket:1");
    expect(await stage.valueOf("10", "score")).toBe("70");
    stage.hubspot.portal.remove("ticket", "1");
    await hintAndWork("ticket:1");
    expect(await stage.valueOf("10", "score")).toBe("95");
  });

  it("reads a hundred hints in as many calls as one, and drops what we did ourselves", async () => {
    const hints = Array.from({ length: 100 }, (_, n) => {
      putUrgentTicket(stage.hubspot, String(n), company("99"));
      return { type: "ticket" as const, id: String(n), echo: false, forget: false };
    });
    await receiveHints(
      stage.store.work,
      [...hints, ...hints, { type: "company", id: "10", echo: true, forget: false }],
      stage.clock.instant,
    );
    await stage.workOff(context);
    expect(stage.hubspot.calls).toEqual(["readRecords", "readLinks"]);
  });

  it("marks nobody for our own writes, which move the date of modification", async () => {
    stage.clock.advance(60_000);
    stage.hubspot.portal.put("company", "10", { chs_health_score: "95", other: "1" });
    await stage.hint("company:10");
    stage.clock.advance(1_000);
    expect(await stage.workOn(context, "refresh")).toBe(1);
    expect(await stage.workOn(context, "rescore")).toBe(0);
    const { rows } = await stage.database.pool.query<{ properties: object }>(
      "select properties from companies where id = '10'",
    );
    expect(Object.keys(rows[0]?.properties ?? {}).sort()).toEqual([
      "churned_at",
      "hubspot_owner_id",
      "lifecyclestage",
      "name",
      "seats",
    ]);
  });

  describe("of a company that became a customer", () => {
    beforeEach(() => {
      putCompany(stage.hubspot, "20");
      stage.hubspot.portal.put("contact", "501", { nps_score: "9" }, [company("20")]);
      putUrgentTicket(stage.hubspot, "1", company("20"));
      putUrgentTicket(stage.hubspot, "2", contact("501"));
      stage.hubspot.portal.put("invoice", "3", {}, [company("20")]);
    });

    it("brings its records, also those of its contacts, before it is scored", async () => {
      await stage.hint("company:20");
      stage.clock.advance(1_000);
      await stage.workOn(context, "refresh");
      expect(await stage.recordsOf("20")).toEqual(["contact:501", "invoice:3", "ticket:1", "ticket:2"]);
      await stage.workOff(context);
      expect(await stage.valueOf("20", "score")).toBe("45");
      expect(await stage.tasks()).toEqual([]);
    });

    it("waits with its first score also when a hint of its ticket comes first", async () => {
      await hintAndWork("ticket:1", "company:20", "contact:501");
      expect(await stage.valueOf("20", "score")).toBe("45");
      expect(await stage.tasks()).toEqual([]);
    });

    it.each(["readLinks", "readRecords"] as const)(
      "brings them also when HubSpot fails in between (%s)",
      async (method) => {
        const calls = stage.hubspot.calls;
        for (let failing = 1; failing < 6; failing += 1) {
          await stage.hint("company:20");
          stage.clock.advance(1_000);
          calls.length = 0;
          // Fails at the first such call, then at the second, and so on.
          const port = { ...context.hubspot };
          let count = 0;
          const failAt = <Answer>(answer: () => Promise<Answer>): Promise<Answer> => {
            count += 1;
            return count === failing ? Promise.reject(unavailable(503)) : answer();
          };
          if (method === "readLinks") port.readLinks = (...args) => failAt(() => context.hubspot.readLinks(...args));
          else port.readRecords = (...args) => failAt(() => context.hubspot.readRecords(...args));
          await stage.workOn({ ...context, hubspot: port }, "refresh").catch(() => undefined);
        }
        await stage.workOff(context);
        expect(await stage.recordsOf("20")).toEqual(["contact:501", "invoice:3", "ticket:1", "ticket:2"]);
        expect(await stage.valueOf("20", "score")).toBe("45");
        expect(await stage.tasks()).toEqual([]);
      },
    );
  });

  it("brings what belongs to a contact that came to a customer, also after a failure", async () => {
    stage.hubspot.portal.put("contact", "501", {}, [company("99")]);
    putUrgentTicket(stage.hubspot, "1", contact("501"));
    await hintAndWork("contact:501", "ticket:1");
    expect(await stage.recordsOf("10")).toEqual([]);

    stage.hubspot.portal.put("contact", "501", {}, [company("10")]);
    await stage.hint("contact:501");
    stage.clock.advance(1_000);
    stage.hubspot.failNext("readLinks", unavailable(503), "after");
    await expect(stage.workOn(context, "refresh")).rejects.toThrow();
    await stage.workOff(context);
    expect(await stage.recordsOf("10")).toEqual(["contact:501", "ticket:1"]);
    expect(await stage.valueOf("10", "score")).toBe("70");
  });

  it("forgets a deleted company, and what is left of it goes to its second company", async () => {
    putUrgentTicket(stage.hubspot, "1", company("10"), { type: "company", id: "11" });
    await hintAndWork("ticket:1");
    stage.hubspot.portal.remove("company", "10");
    await hintAndWork("company:10");
    expect(await stage.store.decisions.read("10")).toBeNull();
    expect(await stage.recordsOf("11")).toEqual(["ticket:1"]);
    expect(await stage.valueOf("11", "score")).toBe("70");
  });

  it("follows a merge: the records are the other company's from now on", async () => {
    putUrgentTicket(stage.hubspot, "1", company("10"));
    await hintAndWork("ticket:1");
    stage.hubspot.portal.merge("10", "11");
    await hintAndWork("company:10");
    expect(await stage.store.decisions.read("10")).toBeNull();
    expect(await stage.valueOf("11", "score")).toBe("70");
  });

  it("ends what was begun for a company that is no customer any more", async () => {
    putCompany(stage.hubspot, "10", { seats: "0" });
    putUrgentTicket(stage.hubspot, "1", company("10"));
    await hintAndWork("ticket:1", "company:10");
    expect(await stage.tasks()).toEqual(["follow-up-10-1 open"]);
    putCompany(stage.hubspot, "10", { lifecyclestage: "other" });
    await hintAndWork("company:10");
    expect(await stage.tasks()).toEqual(["follow-up-10-1 closed"]);
  });

  it("passes over what the token may not read", async () => {
    stage.hubspot.forbid("invoice");
    await stage.sweep(context);
    putCompany(stage.hubspot, "20");
    stage.hubspot.portal.put("invoice", "3", {}, [company("20")]);
    putUrgentTicket(stage.hubspot, "1", company("20"));
    await hintAndWork("invoice:3", "company:20");
    expect(await stage.recordsOf("20")).toEqual(["ticket:1"]);
    expect(await stage.valueOf("20", "score")).toBe("70");
  });
});
