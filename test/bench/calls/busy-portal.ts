import type { Pipeline } from "../../../src/compose.ts";
import { claimPortal } from "../../../src/pipeline/claim-portal.ts";
import { setUpPortal } from "../../../src/pipeline/setup.ts";
import { objectTypes } from "../../../src/sandbox/portal/object-types.ts";
import { eventually } from "../../eventually.ts";
import { createRow, type Benchmark } from "../bench-row.ts";
import { changeRecords } from "./change-records.ts";
import { countCalls, sumOf } from "./count-calls.ts";
import { countDead } from "./count-dead.ts";
import { openScene, requestSweep, type Scene } from "./open-scene.ts";

const SIZE = { companies: 2_000, customerEvery: 1 };
const LIMIT_PER_10S = 190;
const OTHER_SEARCHES_PER_SECOND = 3;
/** So small that the first sync spends what the other app leaves of it. */
const DAILY_LIMIT = 2_000;
const USED_BY_OTHERS = 0.9 * DAILY_LIMIT;
const RESERVE_PERCENT = 5;
const RESERVE = (RESERVE_PERCENT / 100) * DAILY_LIMIT;
/** From ten o'clock in Oslo to after midnight. */
const UNTIL_NEXT_DAY_MS = 14.5 * 3_600_000;
const LATER_MS = 10 * 60_000;
const SPENT_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;

/** Another app of the portal takes three of five searches a second, and nine tenths of the day. */
export const measureBusyPortal: Benchmark = async ({ divisor }) => {
  const scene = await openScene({
    size: { ...SIZE, companies: SIZE.companies / Math.min(divisor, 2) },
    sandbox: { limitPer10s: LIMIT_PER_10S, dailyLimit: DAILY_LIMIT },
    variables: { HUBSPOT_DAILY_RESERVE: String(RESERVE_PERCENT) },
  });
  const { sandbox, clock, records } = scene;
  sandbox.otherApps.searchesPerSecond(OTHER_SEARCHES_PER_SECOND);
  sandbox.otherApps.useDaily(USED_BY_OTHERS);
  const pipeline = await scene.openPipeline();
  try {
    const { worker } = pipeline;
    await claimPortal(pipeline);
    await setUpPortal(pipeline.hubspot, pipeline.rules.ruleset);
    await requestSweep(pipeline);
    worker.start();
    await untilDayIsSpent(pipeline);
    const { calls } = sandbox.usage();
    const usedOfDay = sumOf(calls);
    const scoredBefore = countScored(scene);

    clock.advance(UNTIL_NEXT_DAY_MS);
    worker.wake();
    await worker.settled();
    const unscored = records.customers.length - countScored(scene);

    // Enough changes for a search of many pages.
    clock.advance(LATER_MS);
    const { contact } = objectTypes;
    changeRecords(sandbox.portal, contact, records.contacts, records.contacts.length / divisor, { nps_score: "7" });
    await requestSweep(pipeline);
    worker.wake();
    await worker.settled();
    await worker.stop(STOP_WITHIN_MS);

    const details = countCalls(sandbox);
    const { refusals } = sandbox.usage();
    const refused = refusals.DAILY + refusals.SECONDLY + refusals.TEN_SECONDLY_ROLLING;
    const name = "another app takes 3 searches a second and 90 % of the day";
    return [
      createRow({
        name: `${name}: calls left when the day counts as spent`,
        figure: DAILY_LIMIT - USED_BY_OTHERS - usedOfDay,
        unit: "calls",
        beside: RESERVE,
        goal: { atLeast: RESERVE },
        details: { "companies scored by then": scoredBefore },
      }),
      createRow({
        name: `${name}: not scored after midnight`,
        figure: unscored,
        unit: "companies",
        goal: { atMost: 0 },
      }),
      createRow({ name: `${name}: work given up`, figure: await countDead(scene), unit: "rows", goal: { atMost: 0 } }),
      createRow({
        name: `${name}: calls answered 429`,
        figure: (100 * refused) / sumOf(details),
        unit: "%",
        goal: { atMost: 1 },
        details: { ...details, ...refusals },
      }),
    ];
  } finally {
    await pipeline.worker.stop(STOP_WITHIN_MS);
    await scene.close();
  }
};

function untilDayIsSpent({ store, now }: Pipeline): Promise<void> {
  return eventually(async () => {
    const closing = await store.calls.closing("general", now());
    if (closing?.reason !== "day") throw new Error("the day does not count as spent");
  }, SPENT_WITHIN_MS);
}

function countScored({ sandbox, records }: Scene): number {
  const { records: all } = sandbox.portal;
  const isScored = (id: string) => "chs_health_score" in (all.find(objectTypes.company, id)?.properties ?? {});
  return records.customers.filter(isScored).length;
}
