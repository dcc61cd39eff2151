import { describe, expect, it } from "@jest/globals";
import { createLog } from "../../src/config/create-log.ts";
import type { LogLevel } from "../../src/config/environment-variables.ts";

function open({ level = "info", secrets = [] }: { level?: LogLevel; secrets?: string[] } = {}) {
  const lines: string[] = [];
  const log = createLog({ level, secrets, destination: { write: (line) => lines.push(line) } });
  return { log, lines, last: (): unknown => JSON.parse(lines.at(-1) ?? "null") };
}

describe("createLog", () => {
  it("writes one JSON line with time, level by name, the child's fields and the message", () => {
    const { log, lines, last } = open();
    log.child({ requestId: "r1" }).warn({ bytes: 7 }, "webhook refused");
    expect(lines).toHaveLength(1);
    expect(last()).toEqual({
      level: "warn",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
      requestId: "r1",
      bytes: 7,
      msg: "webhook refused",
    });
  });

  it("writes nothing below its level", () => {
    const { log, lines } = open({ level: "warn" });
    log.info({}, "quiet");
    expect(lines).toEqual([]);
  });

  it("writes an error with its class, its message, its fields and its causes", () => {
    const { log, lines, last } = open();
    const error = Object.assign(new TypeError("outer", { cause: new Error("inner") }), { correlationId: "c1" });
    log.error({ error }, "it failed");
    expect(last()).toMatchObject({ error: { type: "TypeError", correlationId: "c1" } });
    expect(lines[0]).toContain("inner");
  });

  it("leaves out what Postgres tells of the row at fault, of the error and of those in it", () => {
    const { log, lines, last } = open();
    const broken = (more: object = {}) =>
      Object.assign(new Error('new row for relation "records" violates check constraint "records_type_check"', more), {
        length: 312,
        name: "error",
        severity: "ERROR",
        code: "23514",
        detail: "Failing row contains (546500061938, contact, kari.nord@example.com, 2026-06-01 10:00:00+00).",
        where: 'COPY records, line 3: "546500061939\tcontact\tola.berg@example.com"',
        table: "records",
        constraint: "records_type_check",
      });
    const outer = Object.assign(new AggregateError([broken()], "all failed", { cause: broken() }), { first: broken() });

    log.error({ error: broken({ cause: broken() }) }, "the store failed");
    expect(last()).toMatchObject({ error: { code: "23514", table: "records", constraint: "records_type_check" } });
    expect(lines[0]).toContain("violates check constraint");
    log.child({ kind: "refresh" }).error({ error: outer, detail: "mismatch" }, "the store failed");
    expect(last()).toMatchObject({ detail: "mismatch", error: { first: { code: "23514" } } });

    expect(lines.join()).not.toMatch(/@example\.com|Failing row/);
  });

  it("strikes out secrets wherever they turn up, and authorization by its name", () => {
    const secrets = ["pat-0123456789", 'quo"ted\\secret', "pat-0123456789-longer"];
    const { log, lines } = open({ secrets });
    log.child({ url: "/?t=pat-0123456789" }).error(
      {
        error: new Error("HubSpot said pat-0123456789-longer", { cause: new Error('quo"ted\\secret') }),
        headers: { authorization: "Bearer of-somebody" },
      },
      "failed with pat-0123456789",
    );
    expect(lines[0]).not.toMatch(/pat-|longer|quo|of-somebody/);
    expect(() => JSON.parse(lines[0] ?? "") as unknown).not.toThrow();
  });
});
