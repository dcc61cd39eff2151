import { beforeEach, describe, expect, it } from "@jest/globals";
import type { CompanyState } from "../../src/pipeline/store-port.ts";
import { samplePlay, sampleRuleset } from "../scoring/sample-ruleset.ts";
import { day, useDecisionStage } from "./decision-stage.ts";

const KEY = "follow-up-10-1";
const calling = sampleRuleset({ plays: [samplePlay({ closeWhen: null })] });

describe("decisions that change a task", () => {
  const stage = useDecisionStage();
  const options = { ruleset: calling };
  const score = async (days: number, value: number) => {
    await stage.save("10", value);
    await stage.decideOn(days, ["10"], options);
  };
  /** The play calls a second time for the task that stands. */
  const callAgain = async () => {
    await score(2, 80);
    await stage.deliver("10");
    await score(3, 20);
  };
  const subject = "Company 10: 20 (-60)";
  const outbox = async () => (await stage.store.deliveries.load(["10"]))[0]?.tasks ?? [];
  const subjects = async () =>
    (await outbox()).map(({ state, task, sent }) => [state, task.subject, ...sent.map((text) => text.subject)]);
  const first = "Company 10: 30 (-50)";

  beforeEach(async () => {
    await score(0, 80);
    await score(1, 30);
    await stage.deliver("10");
  });

  it("give a planned one its new text", async () => {
    await callAgain();
    expect(await subjects()).toEqual([["planned", subject]]);
    expect(await stage.store.deliveries.recordSending([KEY], day(3))).toMatchObject([{ key: KEY, subject }]);
    expect(await subjects()).toEqual([["sending", subject, subject]]);
  });

  it("have an open one updated, and know what HubSpot may have until it took that", async () => {
    await stage.openTask(KEY, 1);
    await callAgain();
    expect(await stage.deliveries()).toEqual(["10"]);
    expect(await subjects()).toEqual([["updating", subject, first]]);
    expect(await stage.store.deliveries.recordUpdating([KEY], day(3))).toMatchObject([{ key: KEY, subject }]);
    await stage.store.deliveries.recordUpdating([KEY], day(3));
    expect(await subjects()).toEqual([["updating", subject, first, subject]]);
    await stage.store.deliveries.recordUpdated([KEY], day(3));
    expect(await stage.tasksOf("10")).toEqual([`${KEY} open`]);
    const [standing] = await stage.store.deliveries.standing({ afterKey: "", limit: 9 });
    expect(standing?.sent.map((text) => text.subject)).toEqual([subject]);
  });

  it("update again one that was decided anew while its update was on its way", async () => {
    await stage.openTask(KEY, 1);
    await callAgain();
    await stage.store.deliveries.recordUpdating([KEY], day(3));
    await score(4, 80);
    await score(5, 10);
    await stage.store.deliveries.recordUpdated([KEY], day(5));
    expect(await subjects()).toEqual([["updating", "Company 10: 10 (-70)", subject]]);
  });

  it("have one that is on its way updated once it is found", async () => {
    await stage.store.deliveries.recordSending([KEY], day(1));
    await callAgain();
    expect(await stage.deliveries()).toEqual(["10"]);
    expect(await subjects()).toEqual([["sending", subject, first]]);
    expect(await stage.store.deliveries.recordCreated([{ key: KEY, taskId: "9001" }], day(3))).toEqual([KEY]);
    expect(await subjects()).toEqual([["updating", subject, first]]);
  });

  it.each(["sending", "updating"])(
    "have a delivery made for one that is %s, though nothing else changed",
    async (state) => {
      if (state === "updating") await stage.openTask(KEY, 1);
      else await stage.store.deliveries.recordSending([KEY], day(1));
      const play = samplePlay({ closeWhen: null, task: { escalations: [{ when: [], priority: "LOW" }] } });
      const escalating = { ruleset: sampleRuleset({ plays: [play] }) };
      await stage.decideOn(2, ["10"], escalating);
      expect(await stage.tasksOf("10")).toEqual([`${KEY} ${state}`]);
      expect(await stage.deliveries()).toEqual(["10"]);
      await stage.decideOn(3, ["10"], escalating);
      expect(await stage.deliveries()).toEqual([]);
    },
  );

  it("close one that is to be updated when its cause goes", async () => {
    await stage.openTask(KEY, 1);
    await callAgain();
    await stage.store.deliveries.recordUpdating([KEY], day(3));
    await stage.save("10", 90);
    await stage.decideOn(4);
    expect(await stage.tasksOf("10")).toEqual([`${KEY} closing`]);
    await stage.store.deliveries.recordUpdated([KEY], day(4));
    expect(await subjects()).toEqual([["closing", subject, subject]]);
  });

  it("leave one that a person has touched", async () => {
    await stage.openTask(KEY, 1);
    await stage.store.deliveries.recordSeen([{ key: KEY, state: "taken" }], day(1));
    await callAgain();
    expect(await stage.tasksOf("10")).toEqual([`${KEY} taken`]);
    const [standing] = await stage.store.deliveries.standing({ afterKey: "", limit: 9 });
    expect(standing?.task.subject).toBe(first);
  });

  it("keep when the play called, and under which key", async () => {
    await stage.openTask(KEY, 1);
    let seen: CompanyState["prior"] | undefined;
    const look = ({ prior }: CompanyState) => (seen = prior);
    await stage.decideOn(1, ["10"], { ...options, look });
    expect(seen?.lastTaskAt).toEqual(new Map([["follow-up", day(1).getTime()]]));
    expect(seen?.taskKeys).toEqual(new Set([KEY]));
    await callAgain();
    await stage.decideOn(3, ["10"], { ...options, look });
    expect(seen?.tasks).toEqual([
      { key: KEY, play: "follow-up", state: "open", escalation: null, calledAt: day(3).getTime() },
    ]);
    expect(seen?.lastTaskAt).toEqual(new Map([["follow-up", day(3).getTime()]]));
    expect(seen?.taskKeys).toEqual(new Set([KEY, "follow-up-10-2"]));
  });

  it("cancel one that is not made yet when the score is not known any more", async () => {
    await stage.save("10", null);
    await stage.decideOn(2, ["10"], options);
    expect(await stage.tasksOf("10")).toEqual([`${KEY} cancelled`]);
  });

  it("do not count one that was cancelled as the last that was made", async () => {
    await stage.save("10", 90);
    await stage.decideOn(2);
    expect(await stage.tasksOf("10")).toEqual([`${KEY} cancelled`]);
    let seen: CompanyState["prior"] | undefined;
    await stage.decideOn(3, ["10"], { look: ({ prior }) => (seen = prior) });
    expect(seen).toMatchObject({ lastTaskAt: new Map(), tasksMade: new Map([["follow-up", 1]]) });
  });
});
