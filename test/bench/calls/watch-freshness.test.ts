import { describe, expect, test } from "@jest/globals";
import { createClock } from "../../../src/sandbox/clock.ts";
import { objectTypes } from "../../../src/sandbox/portal/object-types.ts";
import { createPortal } from "../../../src/sandbox/portal/portal.ts";
import { createRecord, updateRecord } from "../../../src/sandbox/portal/write-record.ts";
import { watchFreshness } from "./watch-freshness.ts";

const APP_ID = 7_700_001;
const author = (sourceId: string) => ({ at: 0, changeSource: "INTEGRATION", sourceId });

/** A company with two tickets, whose sub-score the app writes. */
function openWatch() {
  const portal = createPortal(createClock(() => new Date(0)));
  const company = createRecord(portal, objectTypes.company, {}, author("1"));
  const ticketsOf = new Map([[company.id, ["t1", "t2"]]]);
  const watch = watchFreshness({ portal, appId: APP_ID }, { ticketsOf });
  return {
    watch,
    press: (ticketId: string, pressure: number) => watch.noteChange({ companyId: company.id, ticketId, pressure }),
    write: (subScore: string, sourceId = String(APP_ID)) =>
      updateRecord(portal, company, { chs_health_pressure: subScore }, author(sourceId)),
  };
}

describe("the watch on freshness", () => {
  test("takes a change for written when the sub-score that follows from it is", () => {
    const { watch, press, write } = openWatch();
    press("t1", 10);
    press("t2", 10);
    expect(watch.pending).toBe(2);
    write("95");
    expect(watch.pending).toBe(1);
    write("90");
    expect(watch.pending).toBe(0);
    expect(watch.percentile(0.95)).toBeGreaterThanOrEqual(0);
  });

  test("does not take a score that was under way before the change for one that knows of it", () => {
    const { watch, press, write } = openWatch();
    press("t1", 10);
    write("100");
    expect(watch.pending).toBe(1);
  });

  test("does not take what others write for ours", () => {
    const { watch, press, write } = openWatch();
    press("t1", 10);
    write("95", "another app");
    expect(watch.pending).toBe(1);
  });
});
