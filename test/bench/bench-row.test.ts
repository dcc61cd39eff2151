import { describe, expect, test } from "@jest/globals";
import { createRow } from "./bench-row.ts";

describe("a row of a benchmark", () => {
  test.each([
    [{ atMost: 10 }, 10, true, "at most 10"],
    [{ atMost: 10 }, 10.01, false, "at most 10"],
    [{ atLeast: 90 }, 90, true, "at least 90"],
    [{ atLeast: 90 }, 89.9, false, "at least 90"],
    [{ atLeast: 90 }, Number.NaN, false, "at least 90"],
  ])("with the goal %j and the figure %d", (goal, figure, ok, words) => {
    expect(createRow({ name: "a", figure, unit: "calls", goal })).toMatchObject({ ok, goal: words });
  });

  test("without a goal is well", () => {
    expect(createRow({ name: "a", figure: 3, unit: "calls" })).toMatchObject({ goal: null, ok: true, ratio: null });
  });

  test("tells how many times as much as what it stands beside it is", () => {
    expect(createRow({ name: "a", figure: 30, unit: "calls", beside: 20 })).toMatchObject({ ratio: 1.5 });
  });
});
