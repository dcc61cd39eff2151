import { createMetrics, type Metrics } from "../http/metrics.ts";
import type { PipelineContext } from "../pipeline/pipeline-context.ts";
import { addCallMetrics, type Called } from "./call-metrics.ts";

/** The door's counters, with gauges of the work, of HubSpot's allowance and of the customers by band. */
export function createServiceMetrics(context: PipelineContext & Called): Metrics {
  const { store, rulesInForce, log, now } = context;
  const metrics = createMetrics({ log });
  addCallMetrics(metrics, context, context);
  const gauges = [
    ["work_waiting", "Rows of work that wait or are being done", "waiting"],
    ["work_dead", "Work that was given up after HubSpot refused it again and again", "dead"],
    ["work_oldest_seconds", "How long the oldest row of work has been due", "oldestDueSeconds"],
  ] as const;
  for (const [name, help, field] of gauges) {
    const read = async () =>
      (await store.work.count(now())).map((count) => ({ value: count[field], labels: { kind: count.kind } }));
    metrics.addGauge({ name, help, labels: ["kind"], read });
  }
  metrics.addGauge({
    name: "companies",
    help: "Companies by score and band",
    labels: ["score", "band"],
    async read() {
      const counts = await Promise.all(
        rulesInForce.current().ruleset.scores.map(async ({ name: score }) =>
          (await store.decisions.countByBand(score)).map(({ band, companies: value }) => ({
            value,
            labels: { score, band },
          })),
        ),
      );
      return counts.flat();
    },
  });
  return metrics;
}
