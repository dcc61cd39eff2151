import { fileURLToPath } from "node:url";
import { isCron, openPipeline, type Pipeline } from "../../../src/compose.ts";
import { parseEnvironment, type Environment } from "../../../src/config/environment.ts";
import { claimPortal } from "../../../src/pipeline/claim-portal.ts";
import { setUpPortal } from "../../../src/pipeline/setup.ts";
import type { SandboxOptions } from "../../../src/sandbox/sandbox-options.ts";
import { startSandbox, type Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import { createTestDatabase, type TestDatabase } from "../../database.ts";
import { freePort } from "../../e2e/free-port.ts";
import { createRecordingLog } from "../../recording-log.ts";
import { createBenchClock, type BenchClock } from "./bench-clock.ts";
import { fillPortal, type FilledPortal, type PortalSize } from "./fill-portal.ts";
import { watchWrites, type WriteWatch } from "./watch-writes.ts";

const RULES_FILE = fileURLToPath(new URL("rules.yaml", import.meta.url));
/** Where limits are not what is measured they make nobody wait; each call that may be made is a row of the shared budget. */
const WIDE_LIMIT = 2_000;

/** A filled portal, a database, and pipelines that work on both; one clock for all. */
export type Scene = {
  sandbox: Sandbox;
  records: FilledPortal;
  writes: WriteWatch;
  clock: BenchClock;
  database: TestDatabase;
  environment: Environment;
  log: ReturnType<typeof createRecordingLog>;
  /** One more on the same database, as another replica has it. */
  openPipeline: () => Promise<Pipeline>;
  close: () => Promise<void>;
};

type SceneOptions = { size: PortalSize; sandbox?: SandboxOptions; variables?: Record<string, string> };

export async function openScene({ size, sandbox: options, variables }: SceneOptions): Promise<Scene> {
  const clock = createBenchClock();
  const log = createRecordingLog();
  const sandbox = await startSandbox({
    now: clock.now,
    limitPer10s: WIDE_LIMIT,
    delivery: { doubledShare: 0 },
    ...options,
  });
  const records = fillPortal(sandbox.portal, size);
  const database = await createTestDatabase();
  const port = await freePort();
  const environment = parseEnvironment(
    {
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: database.url,
      HUBSPOT_ACCESS_TOKEN: sandbox.appToken,
      HUBSPOT_CLIENT_SECRET: sandbox.clientSecret,
      HUBSPOT_BASE_URL: sandbox.url,
      RULES_FILE,
      ...variables,
    },
    isCron,
  );
  const pipelines: Pipeline[] = [];
  return {
    sandbox,
    records,
    writes: watchWrites(sandbox),
    clock,
    database,
    environment,
    log,
    async openPipeline() {
      const pipeline = await openPipeline({ environment, log, now: clock.now });
      pipelines.push(pipeline);
      return pipeline;
    },
    async close() {
      for (const pipeline of pipelines) await pipeline.close();
      await sandbox.close();
      await database.drop();
    },
  };
}

/** What an installation does first: the portal is claimed, the properties are made, everything is read, scored, written. */
export async function syncFirst(pipeline: Pipeline): Promise<void> {
  await claimPortal(pipeline);
  await setUpPortal(pipeline.hubspot, pipeline.rules.ruleset);
  await sweep(pipeline);
}

/** One nightly run, to the end of all work that comes of it. */
export async function sweep(pipeline: Pipeline): Promise<void> {
  await requestSweep(pipeline);
  await pipeline.worker.drain();
}

export async function requestSweep({ store, now }: Pipeline): Promise<void> {
  const instant = now();
  await store.sweeps.request(instant, { tasksForCurrent: false }, instant);
}
