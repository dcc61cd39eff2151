import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isCron, openPipeline } from "../../src/compose.ts";
import { parseEnvironment } from "../../src/config/environment.ts";
import { readRulesFile } from "../../src/config/read-rules-file.ts";
import { previewRules } from "../../src/pipeline/preview-rules.ts";
import { readPortfolio } from "../../src/pipeline/read-portfolio.ts";
import { setUpPortal } from "../../src/pipeline/setup.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { createTestDatabase } from "../database.ts";
import { createRecordingLog } from "../recording-log.ts";
import { createRow, type Benchmark } from "./bench-row.ts";

const RUNS = 5;

/** How long a preview takes over 10,000 customers of the sandbox, beside the mere reading of them from the store. */
export const measurePreview: Benchmark = async ({ divisor }) => {
  const companies = 10_000 / divisor;
  const folder = await mkdtemp(join(tmpdir(), "bench-preview-"));
  const database = await createTestDatabase();
  const sandbox = await startSandbox({ companies, limitPer10s: 2_000 });
  const shipped = new URL("../../config/health.yaml", import.meta.url);
  const rulesFile = join(folder, "new.yaml");
  await writeFile(rulesFile, (await readFile(shipped, "utf8")).replace("below: 50", "below: 55"));
  const environment = parseEnvironment(
    {
      PUBLIC_URL: "http://127.0.0.1:1",
      DATABASE_URL: database.url,
      HUBSPOT_ACCESS_TOKEN: sandbox.appToken,
      HUBSPOT_CLIENT_SECRET: sandbox.clientSecret,
      HUBSPOT_BASE_URL: sandbox.url,
    },
    isCron,
  );
  const pipeline = await openPipeline({ environment, log: createRecordingLog() });
  try {
    const { hubspot, store, worker, rules, now } = pipeline;
    await setUpPortal(hubspot, rules.ruleset);
    await store.sweeps.request(now(), { tasksForCurrent: false }, now());
    await worker.drain();

    sandbox.forgetCalls();
    const { ruleset } = await readRulesFile(rulesFile, "argument");
    const readMs = await median(async () => {
      for await (const company of readPortfolio(store, [rules])) company.facts.companyId.at(0);
    });
    const previewMs = await median(() => previewRules(pipeline, ruleset));
    const calls = Object.values(sandbox.calls).reduce((sum, count) => sum + count, 0);
    const name = `preview of ${await store.mirror.countCompanies()} customers`;
    return [
      createRow({ name: `${name}, beside reading them`, figure: previewMs / 1_000, unit: "s", beside: readMs / 1_000 }),
      createRow({ name: `${name}, calls`, figure: calls, unit: "calls", goal: { atMost: 0 } }),
    ];
  } finally {
    await pipeline.close();
    await sandbox.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
};

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}
