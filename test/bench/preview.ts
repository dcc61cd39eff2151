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
import { createRecordingLog } from "../recording-log.ts";

/** How long a preview takes over so many customers of the sandbox, beside the mere reading of them from the store. */
const COMPANIES = Number(process.argv[2] ?? 10_000);
const RUNS = 5;

const folder = await mkdtemp(join(tmpdir(), "bench-preview-"));
const sandbox = await startSandbox({ companies: COMPANIES, limitPer10s: 1_000_000 });
const shipped = new URL("../../config/health.yaml", import.meta.url);
const rulesFile = join(folder, "new.yaml");
await writeFile(rulesFile, (await readFile(shipped, "utf8")).replace("below: 50", "below: 55"));
const environment = parseEnvironment(
  {
    PUBLIC_URL: "http://127.0.0.1:1",
    DATA_DIR: join(folder, "data"),
    DATABASE_URL: process.env["DATABASE_URL"],
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
  const sweepMs = await timed(() => worker.drain());
  console.log(`${await store.mirror.countCompanies()} companies mirrored, scored and written in ${seconds(sweepMs)}`);

  sandbox.forgetCalls();
  const { ruleset } = await readRulesFile(rulesFile, "argument");
  const read = await median(async () => {
    for await (const company of readPortfolio(store, [rules])) company.facts.companyId.at(0);
  });
  const preview = await median(() => previewRules(pipeline, ruleset));
  const calls = Object.values(sandbox.calls).reduce((sum, count) => sum + count, 0);
  console.log(`reading alone ${seconds(read)}, preview ${seconds(preview)}: ${(preview / read).toFixed(2)} times`);
  console.log(`calls to HubSpot: ${calls}`);
} finally {
  await pipeline.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timed(work));
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
