import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import type { Log } from "../pipeline/log.ts";

const PREFIX = "customer_health_";
const WEBHOOK_OUTCOMES = [
  "accepted",
  "wrong_method",
  "wrong_content_type",
  "body_too_large",
  "body_cut_off",
  "wrong_signature",
  "wrong_body",
  "not_stored",
] as const;

/** How a call of the webhook door ended. */
export type WebhookOutcome = (typeof WEBHOOK_OUTCOMES)[number];

export type GaugeReading = { value: number; labels?: Record<string, string> };
export type GaugeSource = {
  /** Without the product's prefix, with its unit: `work_oldest_seconds`. */
  name: string;
  help: string;
  labels?: readonly string[];
  /** Asked at each look at the metrics. What it throws hides this gauge and no other. */
  read: () => readonly GaugeReading[] | Promise<readonly GaugeReading[]>;
};

export type Metrics = {
  /** One call of the webhook door; `hints` is how many were kept. */
  countWebhook(outcome: WebhookOutcome, hints?: number): void;
  addGauge(source: GaugeSource): void;
  /** The same for what only grows while the process lives; named `..._total`. */
  addCounter(source: GaugeSource): void;
  /** Everything in Prometheus' text format, with its media type. */
  render(): Promise<{ contentType: string; body: string }>;
};

/**
 * The one place where metrics are made, each named `customer_health_...`: the door's counters, the process's own
 * figures, and the gauges that the composition root adds. Nothing is shared between two of these.
 */
export function createMetrics({ log }: { log: Log }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const requests = new Counter({
    name: `${PREFIX}webhook_requests_total`,
    help: "Calls of the webhook door, by how they ended",
    labelNames: ["outcome"],
    registers: [registry],
  });
  // There from the start, so that the first refusal is a step from 0 that an alert can see.
  for (const outcome of WEBHOOK_OUTCOMES) requests.inc({ outcome }, 0);
  const events = new Counter({
    name: `${PREFIX}webhook_events_total`,
    help: "Hints from HubSpot that were kept",
    registers: [registry],
  });

  async function readOrNothing({ name, read }: GaugeSource): Promise<readonly GaugeReading[]> {
    try {
      return await read();
    } catch (error) {
      log.warn({ error, gauge: name }, "a gauge could not be read");
      return [];
    }
  }

  return {
    countWebhook(outcome, hints = 0) {
      requests.inc({ outcome });
      events.inc(hints);
    },
    addGauge(source) {
      const labelNames = [...(source.labels ?? [])];
      new Gauge({
        name: PREFIX + source.name,
        help: source.help,
        labelNames,
        registers: [registry],
        async collect() {
          const readings = await readOrNothing(source);
          this.reset();
          // A reset gauge without labels says 0, which is a claim; a removed one says nothing.
          if (labelNames.length === 0) this.remove();
          for (const { value, labels } of readings) this.set(labels ?? {}, value);
        },
      });
    },
    addCounter(source) {
      new Counter({
        name: PREFIX + source.name,
        help: source.help,
        labelNames: [...(source.labels ?? [])],
        registers: [registry],
        async collect() {
          const readings = await readOrNothing(source);
          this.reset();
          for (const { value, labels } of readings) this.inc(labels ?? {}, value);
        },
      });
    },
    async render() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
