import { describe, expect, test } from "@jest/globals";
import { createClock } from "../../../src/sandbox/clock.ts";
import { objectTypes } from "../../../src/sandbox/portal/object-types.ts";
import { createPortal } from "../../../src/sandbox/portal/portal.ts";
import { createRecord } from "../../../src/sandbox/portal/write-record.ts";
import { readEndState } from "./read-end-state.ts";

const TASK_TO_COMPANY = 192;
const author = { at: Date.parse("2026-03-03T09:00:00Z"), changeSource: "INTEGRATION", sourceId: "7700001" };

type Task = { key: string; status?: string };

/** A portal with one company of this score, and these tasks on it. */
function readPortal({ score = "40", scoredAt = "2026-03-03T09:00:00.000Z", tasks = [{ key: "a" }] as Task[] }) {
  const portal = createPortal(createClock(() => new Date(author.at)));
  const values = { name: "Fjord", chs_health_score: score, chs_health_scored_at: scoredAt };
  const { id } = createRecord(portal, objectTypes.company, values, author);
  for (const { key, status = "NOT_STARTED" } of tasks) {
    const link = { to: { type: objectTypes.company, id }, typeIds: [TASK_TO_COMPANY] };
    createRecord(portal, objectTypes.task, { chs_key: key, hs_task_status: status }, author, [link]);
  }
  return readEndState({ portal });
}

describe("the end of two runs", () => {
  test("is the same when only the hour of the writing differs", () => {
    const later = readPortal({ scoredAt: "2026-03-03T11:30:00.000Z" });
    expect(later.differingFrom(readPortal({}))).toEqual([]);
    expect(later.doubledTasks).toBe(0);
  });

  test.each([
    ["a score", { score: "41" }],
    ["the day of the writing", { scoredAt: "2026-03-04T09:00:00.000Z" }],
    ["the status of a task", { tasks: [{ key: "a", status: "COMPLETED" }] }],
    ["a task that one of them lacks", { tasks: [] }],
  ])("differs by %s", (_what, other) => {
    expect(readPortal(other).differingFrom(readPortal({}))).toHaveLength(1);
  });

  test("shows a task that was made twice", () => {
    expect(readPortal({ tasks: [{ key: "a" }, { key: "b" }, { key: "a" }] }).doubledTasks).toBe(1);
  });
});
