import { describe, expect, it } from "@jest/globals";
import { nearestName } from "../../../src/scoring/ruleset/nearest-name.ts";

describe("the nearest name", () => {
  it.each([
    ["seets", ["seats", "urgent"], "seats"],
    ["saets", ["seats"], "seats"],
    ["seat", ["seats"], "seats"],
    ["Seats", ["seats"], "seats"],
    ["days since login", ["days_since_login"], "days_since_login"],
    ["Europe/Olso", ["Europe/Oslo", "Europe/Rome"], "Europe/Oslo"],
    ["urgent_tickets", ["seats"], null],
    ["a", ["b"], null],
    ["", ["a"], null],
  ])("of %j in %j is %j", (found, known, nearest) => {
    expect(nearestName(found, known)).toBe(nearest);
  });
});
