import type { Metrics } from "../http/metrics.ts";
import type { CallWindow } from "../pipeline/call-budget-port.ts";
import type { PipelineContext } from "../pipeline/pipeline-context.ts";
import type { Worker } from "../pipeline/worker.ts";
import type { CallCounts } from "./call-counts.ts";

export type Called = { callCounts: CallCounts; worker: Pick<Worker, "closed"> };

const WINDOWS: readonly CallWindow[] = ["general", "association", "search"];
const REASONS = ["pause", "circuit", "day"] as const;

/** What was called, what HubSpot last said of the day, and what keeps calls from being sent. */
export function addCallMetrics(
  metrics: Metrics,
  { store, now }: PipelineContext,
  { callCounts, worker }: Called,
): void {
  metrics.addCounter({
    name: "hubspot_calls_total",
    help: "Calls that this process sent to HubSpot, by the window that they count in and the class of their status",
    labels: ["window", "status_class"],
    read: () => callCounts.read(),
  });
  metrics.addGauge({
    name: "hubspot_daily_limit",
    help: "Calls a day that HubSpot allows all apps of the portal together",
    read: async () => {
      const day = await store.calls.readDay();
      return day === null ? [] : [{ value: day.limit }];
    },
  });
  metrics.addGauge({
    name: "hubspot_calls_remaining_today",
    help: "Calls that HubSpot still allows the portal's apps today, as its last answer told",
    async read() {
      const day = await store.calls.readDay();
      if (day === null) return [];
      return [{ value: day.resetsAt > now() ? day.remaining : day.limit }];
    },
  });
  metrics.addGauge({
    name: "hubspot_closed",
    help: "1 while no calls of a window are sent, for this reason",
    labels: ["window", "reason"],
    async read() {
      const instant = now();
      const closings = await Promise.all(WINDOWS.map((window) => store.calls.closing(window, instant)));
      return WINDOWS.flatMap((window, index) =>
        REASONS.map((reason) => ({
          value: (closings[index] ?? worker.closed())?.reason === reason ? 1 : 0,
          labels: { window, reason },
        })),
      );
    },
  });
}
