import { describe, expect, it } from "@jest/globals";
import { parseDaysBetween, propertiesOfField } from "../../../src/scoring/fields/derived-fields.ts";
import type { PropertyValues, Source } from "../../../src/scoring/facts.ts";
import { compileField } from "../../../src/scoring/fields/field-reader.ts";
import { momentAt } from "../moment-at.ts";

const moment = momentAt("2026-10-03T12:00:00Z");
const read = (source: Source | "company", field: string, record: PropertyValues) =>
  compileField(source, field)(record, moment);

describe("an invoice", () => {
  const invoice = { hs_invoice_status: "open", hs_due_date: "2026-09-30", hs_balance_due: "100.50" };
  it.each<[string, PropertyValues, number | null, boolean | null]>([
    ["is overdue while it is open with a balance after its day", invoice, 3, true],
    ["is not on its day", { ...invoice, hs_due_date: "2026-10-03" }, 0, false],
    [
      "is from the next day on, by the clocks of the zone",
      { ...invoice, hs_due_date: "2026-10-02T21:59:00Z" },
      1,
      true,
    ],
    ["is not by the clocks of the zone", { ...invoice, hs_due_date: "2026-10-02T22:00:00Z" }, 0, false],
    ["is not when paid", { ...invoice, hs_invoice_status: "paid" }, 0, false],
    ["is not when voided", { ...invoice, hs_invoice_status: "voided" }, 0, false],
    ["is not as a draft", { ...invoice, hs_invoice_status: "draft" }, 0, false],
    ["has no status of that name", { ...invoice, hs_invoice_status: "overdue" }, 0, false],
    ["is not without a balance", { ...invoice, hs_balance_due: "0" }, 0, false],
    ["is not with a credit", { ...invoice, hs_balance_due: "-5" }, 0, false],
    ["is unknown where the balance is", { ...invoice, hs_balance_due: null }, null, null],
    ["is unknown without a due date", { ...invoice, hs_due_date: null }, null, null],
    ["is unknown where the due date is none", { ...invoice, hs_due_date: "soon" }, null, null],
    ["is unknown without a status", { ...invoice, hs_invoice_status: "" }, null, null],
  ])("%s", (_, record, days, overdue) => {
    expect(read("invoices", "days_overdue", record)).toBe(days);
    expect(read("invoices", "overdue", record)).toBe(overdue);
  });

  it.each([
    ["2026-09-10", 10],
    ["2026-08-31", 0],
    ["2026-08-21", -10],
    [null, null],
  ])("due on 31 August and paid %s is %s days late", (paid, days) => {
    expect(read("invoices", "days_late", { hs_due_date: "2026-08-31", hs_payment_date: paid })).toBe(days);
  });
});

describe("a ticket", () => {
  it.each([
    ["0", "1", true],
    ["0", "4", false],
    ["9", "4", true],
    ["0", null, null],
    [null, "4", null],
  ])("in pipeline %s and stage %s is open: %s", (hs_pipeline, hs_pipeline_stage, open) => {
    const ticket = { hs_pipeline, hs_pipeline_stage, createdate: "2026-09-01T10:00:00Z" };
    expect(read("tickets", "open", ticket)).toBe(open);
    expect(read("tickets", "age_days", ticket)).toBe(open === true ? 32 : null);
  });

  it("takes hours to close, by the clock", () => {
    const ticket = { createdate: "2026-10-24T12:00:00Z", closed_date: String(Date.parse("2026-10-26T00:30:00Z")) };
    expect(read("tickets", "hours_to_close", ticket)).toBe(36.5);
    expect(read("tickets", "hours_to_close", { ...ticket, closed_date: null })).toBeNull();
  });
});

describe("a deal", () => {
  it.each([
    ["true", "true", true, false],
    ["false", "true", false, false],
    ["false", "false", false, true],
    [null, null, false, true],
    ["", "", false, true],
  ])("won %j and closed %j", (hs_is_closed_won, hs_is_closed, won, open) => {
    expect(read("deals", "won", { hs_is_closed_won, hs_is_closed })).toBe(won);
    expect(read("deals", "open", { hs_is_closed_won, hs_is_closed })).toBe(open);
  });
});

describe("a subscription", () => {
  it.each([
    ["active", true],
    ["past_due", false],
    ["canceled", false],
    ["", null],
    [null, null],
  ])("of status %j is active: %s", (hs_status, active) => {
    expect(read("subscriptions", "active", { hs_status })).toBe(active);
  });
});

describe("the days between two dates of a record", () => {
  it.each([
    ["2026-09-01", "2026-09-04", 3],
    ["2026-09-04", "2026-09-01", -3],
    ["2026-09-01T21:59:59Z", "2026-09-01T22:00:00Z", 1],
    ["2026-03-28", "2026-03-30T08:00:00Z", 2],
    ["2026-09-01", null, null],
    ["", "2026-09-01", null],
    ["soon", "2026-09-01", null],
  ])("from %j to %j are %s", (a, b, days) => {
    for (const source of ["company", "tickets", "feedback"] as const) {
      expect(read(source, "days_between(a, b)", { a, b })).toBe(days);
    }
  });

  it.each<[string, ReturnType<typeof parseDaysBetween>]>([
    ["days_between(a, b)", ["a", "b"]],
    ["days_between( a ,b )", ["a", "b"]],
    ["days_between(Date signed, Date live)", ["Date signed", "Date live"]],
    ["days_between(a)", null],
    ["days_between(a, )", null],
    ["days_between(, b)", null],
    ["days_between(a, b, c)", null],
    ["days_between(a, b) ", null],
    ["days_between", null],
    ["property.days_between(a, b)", null],
  ])("are named by %j: %j", (field, expected) => {
    expect(parseDaysBetween(field)).toEqual(expected);
  });

  it("are not taken from a prototype", () => {
    expect(read("tickets", "days_between(constructor, b)", { b: "2026-09-01" })).toBeNull();
  });
});

describe("a field", () => {
  it("is a real property after the prefix, and blank is unknown", () => {
    expect(read("tickets", "property.open", { open: "maybe" })).toBe("maybe");
    expect(read("company", "open", { open: "yes" })).toBe("yes");
    expect(read("contacts", "nps", { nps: "" })).toBeNull();
    expect(read("contacts", "nps", {})).toBeNull();
  });

  it.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "called %s is not taken from a prototype",
    (name) => {
      expect(read("tickets", name, {})).toBeNull();
      expect(read("company", name, {})).toBeNull();
      expect(propertiesOfField("tickets", name)).toEqual([name]);
    },
  );

  it("names the properties it is read from", () => {
    expect(propertiesOfField("invoices", "overdue")).toEqual(["hs_invoice_status", "hs_due_date", "hs_balance_due"]);
    expect(propertiesOfField("invoices", "property.overdue")).toEqual(["overdue"]);
    expect(propertiesOfField("company", "property.open")).toEqual(["open"]);
    expect(propertiesOfField("contacts", "overdue")).toEqual(["overdue"]);
    expect(propertiesOfField("company", "days_between(a, b)")).toEqual(["a", "b"]);
    expect(propertiesOfField("deals", "days_between(a, b)")).toEqual(["a", "b"]);
  });
});
