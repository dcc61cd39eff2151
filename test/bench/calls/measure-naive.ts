import { startSandbox, type Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import { createRow, type BenchRow } from "../bench-row.ts";
import { createBenchClock } from "./bench-clock.ts";
import { countCalls, sumOf } from "./count-calls.ts";
import { fillPortal, type FilledPortal, type PortalSize } from "./fill-portal.ts";
import { createNaiveIntegration, type NaiveIntegration } from "./naive-integration.ts";

type NaiveWork = (naive: NaiveIntegration, sandbox: Sandbox, records: FilledPortal) => Promise<void>;

/** The same work on the same portal, done record by record, beside the calls that this product needed for it. */
export async function measureNaive(name: string, ours: number, size: PortalSize, work: NaiveWork): Promise<BenchRow> {
  const sandbox = await startSandbox({ now: createBenchClock().now, limitPer10s: 1_000_000 });
  try {
    const records = fillPortal(sandbox.portal, size);
    await work(createNaiveIntegration(sandbox), sandbox, records);
    const details = countCalls(sandbox);
    return createRow({
      name: `${name}, record by record`,
      figure: sumOf(details),
      unit: "calls",
      beside: ours,
      details,
    });
  } finally {
    await sandbox.close();
  }
}
