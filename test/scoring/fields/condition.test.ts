import { describe, expect, it } from "@jest/globals";
import { compileRecordCondition, compileSnapshotCondition } from "../../../src/scoring/fields/condition.ts";
import type { Condition } from "../../../src/scoring/ruleset/field-test.ts";
import type { Snapshot } from "../../../src/scoring/signals/snapshot.ts";
import { known, moment, unknown } from "../observe-signal.ts";

describe("a condition over a record", () => {
  const condition: Condition = [
    { field: "won", test: { kind: "is", values: ["true"] } },
    { field: "days_between(createdate, closedate)", test: { kind: "under", than: 30 } },
  ];
  const deal = { hs_is_closed_won: "true", createdate: "2026-09-01", closedate: "2026-09-20" };

  it.each([
    ["all tests hold", deal, true],
    ["one does not", { ...deal, closedate: "2026-10-20" }, false],
    ["one is unknown", { ...deal, closedate: null }, false],
  ])("where %s", (_, record, expected) => {
    expect(compileRecordCondition("deals", condition)(record, moment)).toBe(expected);
  });

  it("without tests holds", () => {
    expect(compileRecordCondition("deals", [])({}, moment)).toBe(true);
  });
});

describe("a condition over a snapshot", () => {
  const snapshot: Snapshot = new Map([
    ["nps", known("9")],
    ["mood", known("AT_RISK")],
    ["tenure_days", known(40, "2026-08-24")],
    ["referred", known(true)],
    ["logins", unknown("expired")],
  ]);

  it.each<[Condition, boolean]>([
    [[], true],
    [[{ field: "nps", test: { kind: "at_least", than: 9 } }], true],
    [[{ field: "nps", test: { kind: "over", than: 9 } }], false],
    [[{ field: "tenure_days", test: { kind: "between", from: 30, to: 60 } }], true],
    [[{ field: "referred", test: { kind: "is", values: ["true"] } }], true],
    [[{ field: "logins", test: { kind: "not", values: ["1"] } }], false],
    [[{ field: "logins", test: { kind: "unknown" } }], true],
    [[{ field: "never_seen", test: { kind: "unknown" } }], true],
    [
      [
        { field: "nps", test: { kind: "known" } },
        { field: "mood", test: { kind: "contains", values: ["healthy"] } },
      ],
      false,
    ],
  ])("%j: %s", (condition, expected) => {
    expect(compileSnapshotCondition(condition)(snapshot, moment)).toBe(expected);
  });
});
