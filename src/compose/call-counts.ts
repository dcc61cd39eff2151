import type { GaugeReading } from "../http/metrics.ts";
import type { CountCall } from "../hubspot/create-transport.ts";

/** How many calls this process has sent to HubSpot, by window and by the class of their status. */
export type CallCounts = { count: CountCall; read(): GaugeReading[] };

export function createCallCounts(): CallCounts {
  const readings = new Map<string, GaugeReading>();
  return {
    count(window, status) {
      const statusClass = status === null ? "none" : `${Math.floor(status / 100)}xx`;
      const key = `${window} ${statusClass}`;
      const value = (readings.get(key)?.value ?? 0) + 1;
      readings.set(key, { value, labels: { window, status_class: statusClass } });
    },
    read: () => [...readings.values()],
  };
}
