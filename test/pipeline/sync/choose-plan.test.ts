import { describe, expect, it } from "@jest/globals";
import {
  callsForLinks,
  callsToFind,
  callsToFollow,
  callsToList,
  callsToReread,
  choosePlan,
} from "../../../src/pipeline/sync/choose-plan.ts";

describe("the calls of a plan", () => {
  it.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [30_000, 300],
  ])("to list %d records: %d", (total, calls) => {
    expect(callsToList(total)).toBe(calls);
  });

  it.each([
    [0, 0, false, 1],
    [200, 0, false, 1],
    [201, 0, false, 2],
    [500, 500, false, 8],
    [500, 301, true, 8],
  ])("to find %d customers and read %d by id (and changes: %s): %d", (customers, rereads, hasChanges, calls) => {
    expect(callsToFind({ customers, rereads, hasChanges })).toBe(calls);
  });

  it.each([
    [500, false, 6],
    [1_500, true, 18],
    [0, true, 1],
  ])("to read %d mirrored records again (with links: %s): %d", (mirrored, isChild, calls) => {
    expect(callsToReread(mirrored, isChild)).toBe(calls);
  });

  it.each([
    ["contacts", { total: 30_000, isContact: true }, 1 + 15 + 2],
    ["tickets", { total: 20_000, isContact: false }, 1 + 2 + 10 + 1],
    ["invoices", { total: 30_000, isContact: false }, 1 + 2 + 15 + 2],
  ])("to follow links to the %s of 500 customers among 10,000 companies", (_, type, calls) => {
    const following = { companies: 500, allCompanies: 10_000, allContacts: 30_000, ...type };
    expect(callsToFollow(following)).toBe(calls);
  });

  it("to follow links are never counted for more records than there are", () => {
    const following = { companies: 20, allCompanies: 10, allContacts: 0, total: 100, isContact: true };
    expect(callsToFollow(following)).toBe(1 + 1 + 1);
    expect(callsToFollow({ ...following, companies: 0, allCompanies: 0 })).toBe(1 + 1);
  });

  it("for the links of companies and contacts", () => {
    expect(callsForLinks({ companies: 1_001, contacts: 3_000 })).toBe(5);
  });
});

describe("the plan", () => {
  it.each([
    [1, 2, "list"],
    [2, 1, "follow"],
    [2, 2, "list"],
    [5, Infinity, "list"],
  ])("of %d or %d calls is to %s", (list, follow, plan) => {
    expect(choosePlan(["list", list], ["follow", follow])).toBe(plan);
  });
});
