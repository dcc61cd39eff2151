import type { Pipeline } from "../../../src/compose.ts";
import { claimPortal } from "../../../src/pipeline/claim-portal.ts";
import { setUpPortal } from "../../../src/pipeline/setup.ts";
import { createRow, type Benchmark } from "../bench-row.ts";
import { countCalls, sumOf } from "./count-calls.ts";
import { openScene, requestSweep } from "./open-scene.ts";
import { sampleRate } from "./sample-rate.ts";
import { watchWaiting } from "./watch-waiting.ts";

/** What HubSpot allows a usual account. */
const LIMIT_PER_10S = 190;
const REPLICAS = 3;
const STOP_WITHIN_MS = 5_000;

/** A first sync by three replicas at HubSpot's usual limit: never above it, and close to it as long as there is work. */
export const measureReplicas: Benchmark = async ({ divisor }) => {
  // A tenth of it would be over within the first ten seconds' allowance.
  const companies = Math.max(10_000 / divisor, 3_000);
  const scene = await openScene({ size: { companies, customerEvery: 1 }, sandbox: { limitPer10s: LIMIT_PER_10S } });
  const { sandbox, database } = scene;
  try {
    const pipelines: Pipeline[] = [];
    for (let replica = 0; replica < REPLICAS; replica += 1) pipelines.push(await scene.openPipeline());
    const [first] = pipelines;
    if (!first) throw new Error("no replica was opened");
    await claimPortal(first);
    await setUpPortal(first.hubspot, first.rules.ruleset);
    await requestSweep(first);
    const work = watchWaiting(database.pool);
    const samples = sampleRate(sandbox, () => work.isCalling);
    for (const { worker } of pipelines) worker.start();
    await first.worker.settled();
    samples.stop();
    work.stop();
    for (const { worker } of pipelines) await worker.stop(STOP_WITHIN_MS);

    const { refusals, busiestTenSeconds } = sandbox.usage();
    const refused = refusals.TEN_SECONDLY_ROLLING + refusals.SECONDLY + refusals.DAILY;
    const details = countCalls(sandbox);
    const name = `${REPLICAS} replicas, first sync of ${companies} customers`;
    const share = (count: number) => (100 * count) / LIMIT_PER_10S;
    return [
      createRow({ name: `${name}: calls answered 429`, figure: refused, unit: "calls", goal: { atMost: 0 }, details }),
      createRow({ name: `${name}: calls`, figure: sumOf(details), unit: "calls" }),
      createRow({
        name: `${name}: most calls in any 10 s`,
        figure: busiestTenSeconds.general,
        unit: "calls",
        beside: LIMIT_PER_10S,
        goal: { atMost: LIMIT_PER_10S },
      }),
      createRow({
        name: `${name}: allowance used while work waits`,
        figure: share(samples.meanWhileWaiting()),
        unit: "%",
        goal: { atLeast: 90 },
      }),
    ];
  } finally {
    await scene.close();
  }
};
