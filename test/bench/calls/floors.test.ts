import { describe, expect, test } from "@jest/globals";
import { eventsFloor, firstSyncFloor, followFloor, nightFloor, seventhFloor, type Night } from "./floors.ts";

const quiet: Night = {
  modified: { companies: 0, contacts: 0, tickets: 0, invoices: 0 },
  customers: 10_000,
  contactsOfCustomers: 30_000,
  openTasks: 0,
  written: 0,
  tasksMade: 0,
  tasksChanged: 0,
};

describe("the fewest calls that page sizes allow", () => {
  test("to a first sync that lists: a page per hundred records, a write per hundred companies, thirty for the rest", () => {
    const totals = { companies: 10_000, contacts: 30_000, tickets: 20_000, invoices: 30_000 };
    expect(firstSyncFloor(totals, 10_000, 601)).toBe(900 + 100 + 7 + 30);
  });

  test("to a first sync that follows 500 customers: pages of search, links, reads, writes", () => {
    const totals = { companies: 500, contacts: 1_500, tickets: 1_000, invoices: 1_500 };
    expect(followFloor(totals, 500)).toBe(3 + 3 + 40 + 5);
  });

  test("to events over a thousand tickets of six hundred companies", () => {
    expect(eventsFloor(1_000, 600)).toBe(10 + 1 + 6);
  });

  test("to a seventh of the links: three types from the companies, two from their contacts", () => {
    expect(seventhFloor(quiet)).toBe(3 * 2 + 2 * 5);
  });

  test.each<[string, Partial<Night>, number]>([
    ["in which nothing changed", {}, 16],
    ["that sees 201 companies", { modified: { ...quiet.modified, companies: 201 } }, 16 + 2],
    ["that sees 300 contacts, and whose they are", { modified: { ...quiet.modified, contacts: 300 } }, 16 + 2 + 1],
    ["that sees 200 tickets, of companies and contacts", { modified: { ...quiet.modified, tickets: 200 } }, 16 + 1 + 2],
    ["that follows 101 open tasks", { openTasks: 101 }, 16 + 2],
    ["that writes 101 companies, and makes and closes a task", { written: 101, tasksMade: 1, tasksChanged: 1 }, 16 + 4],
  ])("to a night %s", (_what, more, calls) => {
    expect(nightFloor({ ...quiet, ...more })).toBe(calls);
  });
});
