import { parseArgs } from "node:util";
import { startTestServer, stopTestServer } from "../test-server.ts";
import type { Benchmark, BenchRow } from "./bench-row.ts";
import { measureAtOnce } from "./calls/at-once.ts";
import { measureBusyPortal } from "./calls/busy-portal.ts";
import { measureFaults } from "./calls/faults.ts";
import { measureFewCustomers, measureFirstSync } from "./calls/first-sync.ts";
import { measureNights } from "./calls/nights.ts";
import { measureReplicas } from "./calls/replicas.ts";
import { measureSpread } from "./calls/spread.ts";
import { measurePreview } from "./preview.ts";
import { printRows, printRowsAsJson } from "./print-rows.ts";

/** `calls` runs every one whose name begins with `calls/`. */
const benchmarks: Record<string, Benchmark> = {
  "calls/first-sync": measureFirstSync,
  "calls/few-customers": measureFewCustomers,
  "calls/nights": measureNights,
  "calls/at-once": measureAtOnce,
  "calls/spread": measureSpread,
  "calls/replicas": measureReplicas,
  "calls/busy-portal": measureBusyPortal,
  "calls/faults": measureFaults,
  preview: measurePreview,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    small: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const [wanted] = positionals;
const names = Object.keys(benchmarks).filter(
  (name) => wanted === undefined || name === wanted || name.startsWith(`${wanted}/`),
);
if (names.length === 0) {
  console.error(`There is no benchmark ${String(wanted)}; there are ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(2);
}

const server = await startTestServer(process.env["TEST_DATABASE_URL"]);
process.env["TEST_TEMPLATE_URL"] = server.url;
const rows: BenchRow[] = [];
try {
  for (const name of names) {
    const startedAt = performance.now();
    rows.push(...((await benchmarks[name]?.({ divisor: values.small ? 10 : 1 })) ?? []));
    console.error(`${name} took ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  }
} finally {
  await stopTestServer(server);
  if (values.json) printRowsAsJson(rows);
  else printRows(rows, values);
}
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
