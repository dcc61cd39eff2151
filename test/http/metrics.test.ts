import { describe, expect, it } from "@jest/globals";
import { createMetrics } from "../../src/http/metrics.ts";
import { createRecordingLog } from "../recording-log.ts";

describe("createMetrics", () => {
  it("reads gauges at each look, with and without labels, and forgets labels that are gone", async () => {
    const metrics = createMetrics({ log: createRecordingLog() });
    let open = 3;
    let kinds = [
      { value: 1, labels: { kind: "refresh" } },
      { value: 2, labels: { kind: "deliver" } },
    ];
    metrics.addGauge({ name: "tasks_open", help: "Open tasks", read: () => [{ value: open }] });
    metrics.addGauge({ name: "work_rows", help: "Rows", labels: ["kind"], read: () => Promise.resolve(kinds) });
    const first = (await metrics.render()).body;
    expect(first).toContain("customer_health_tasks_open 3\n");
    expect(first).toContain('customer_health_work_rows{kind="refresh"} 1\n');

    open = 0;
    kinds = kinds.slice(1);
    const second = (await metrics.render()).body;
    expect(second).toContain("customer_health_tasks_open 0\n");
    expect(second).not.toContain('kind="refresh"');
  });

  it("shows what was counted elsewhere as a counter, once at every look", async () => {
    const metrics = createMetrics({ log: createRecordingLog() });
    let calls = 3;
    const read = () => [{ value: calls, labels: { window: "general" } }];
    metrics.addCounter({ name: "calls_total", help: "Calls", labels: ["window"], read });
    await metrics.render();
    calls = 5;
    const { body } = await metrics.render();
    expect(body).toContain("# TYPE customer_health_calls_total counter\n");
    expect(body).toContain('customer_health_calls_total{window="general"} 5\n');
  });

  it("shows no figure for a gauge that cannot be read, and all the others", async () => {
    const log = createRecordingLog();
    const metrics = createMetrics({ log });
    const error = new Error("no connection");
    metrics.addGauge({ name: "broken", help: "Broken", read: () => Promise.reject(error) });
    metrics.addGauge({ name: "whole", help: "Whole", read: () => [{ value: 1 }] });
    const { body } = await metrics.render();
    expect(body).toContain("customer_health_whole 1\n");
    expect(body).not.toMatch(/^customer_health_broken /m);
    expect(log.lines).toEqual([
      { level: "warn", message: "a gauge could not be read", fields: { error, gauge: "broken" } },
    ]);
  });
});
