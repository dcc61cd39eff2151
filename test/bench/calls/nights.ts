import type { Pipeline } from "../../../src/compose.ts";
import { readMirrorState } from "../../../src/pipeline/mirror-state.ts";
import { DAY_MS } from "../../../src/sandbox/generator/day.ts";
import { type ObjectType, objectTypes } from "../../../src/sandbox/portal/object-types.ts";
import type { Portal } from "../../../src/sandbox/portal/portal.ts";
import type { PortalRecord } from "../../../src/sandbox/portal/record-store.ts";
import { createRow, type BenchRow, type Benchmark } from "../bench-row.ts";
import { changeRecords } from "./change-records.ts";
import { countCalls, sumOf } from "./count-calls.ts";
import type { FilledPortal } from "./fill-portal.ts";
import { nightFloor, seventhFloor, type Night, type RecordTotals } from "./floors.ts";
import { measureNaive } from "./measure-naive.ts";
import { openScene, sweep, syncFirst, type Scene } from "./open-scene.ts";

const { company, contact, ticket, invoice, task } = objectTypes;
/** Longer than the overlap of five minutes with which changes are searched for. */
const LATER_MS = 10 * 60_000;
const MOST_ASKED_EACH_NIGHT = 12;

/** Nights after a first sync: nothing has changed, one in a hundred records has, a day has passed. */
export const measureNights: Benchmark = async ({ divisor }) => {
  const size = { companies: 10_000 / divisor, customerEvery: 1 };
  const scene = await openScene({ size });
  try {
    const pipeline = await scene.openPipeline();
    await syncFirst(pipeline);

    // What we wrote ourselves is searched for until it is known for as long as a search may lag: for two nights.
    scene.clock.advance(LATER_MS);
    const first = await measureNight(scene, pipeline);
    scene.clock.advance(LATER_MS);
    const second = await measureNight(scene, pipeline);
    scene.clock.advance(LATER_MS);
    const quiet = await measureNight(scene, pipeline);

    scene.clock.advance(LATER_MS);
    changeHundredth(scene.sandbox.portal, scene.records);
    const changed = await measureNight(scene, pipeline);

    scene.clock.advance(DAY_MS);
    const later = await measureNight(scene, pipeline);
    return [
      createNightRow(
        "night after the first sync, which wrote every company",
        first,
        1.5 * nightFloor(first.night) + 10,
      ),
      createNightRow("the night after that, nothing changed", second, 1.5 * nightFloor(second.night) + 10),
      createNightRow("night, nothing changed", quiet, MOST_ASKED_EACH_NIGHT + seventhFloor(quiet.night)),
      createNightRow("night, 1 % changed", changed, 1.5 * nightFloor(changed.night) + 10),
      createNightRow("night, a day later and nothing changed", later, null),
      await measureNaive("night, 1 % changed", sumOf(changed.calls), size, async (naive, { portal }, records) => {
        const since = new Date(portal.clock.now() - LATER_MS);
        changeHundredth(portal, records);
        await naive.scoreModified(since);
      }),
    ];
  } finally {
    await scene.close();
  }
};

type MeasuredNight = { night: Night; calls: Record<string, number> };

function createNightRow(name: string, { night, calls }: MeasuredNight, atMost: number | null): BenchRow {
  const goal = atMost === null ? {} : { goal: { atMost } };
  return createRow({ name, figure: sumOf(calls), unit: "calls", beside: nightFloor(night), ...goal, details: calls });
}

async function measureNight(scene: Scene, pipeline: Pipeline): Promise<MeasuredNight> {
  const { sandbox, writes, records } = scene;
  const { portal } = sandbox;
  const { watermarks } = await readMirrorState(pipeline.store);
  const since = (type: ObjectType) => Date.parse(watermarks[type.singular] ?? "");
  const countModified = (type: ObjectType) => countRecords(portal, type, ({ updatedAt }) => updatedAt >= since(type));
  const modified: RecordTotals = {
    companies: countModified(company),
    contacts: countModified(contact),
    tickets: countModified(ticket),
    invoices: countModified(invoice),
  };
  const openTasks = countRecords(portal, task, ({ properties }) => properties["hs_task_status"] === "NOT_STARTED");
  writes.forget();
  sandbox.forgetCalls();
  await sweep(pipeline);
  const night = {
    modified,
    openTasks,
    customers: records.customers.length,
    contactsOfCustomers: records.contacts.length,
    written: writes.companies,
    tasksMade: writes.tasksMade,
    tasksChanged: writes.tasksChanged,
  };
  return { night, calls: countCalls(sandbox) };
}

function countRecords(portal: Portal, type: ObjectType, passes: (record: PortalRecord) => boolean): number {
  let count = 0;
  for (const record of portal.records.live(type)) if (passes(record)) count += 1;
  return count;
}

/** One in a hundred records of each type is changed; nobody is told. */
function changeHundredth(portal: Portal, { companies, contacts, tickets, invoices }: FilledPortal): void {
  const change = (type: ObjectType, ids: readonly string[], values: Record<string, string>) => {
    changeRecords(portal, type, ids, ids.length / 100, values);
  };
  change(company, companies, { key_features_used: "1" });
  change(contact, contacts, { nps_score: "2", nps_answered_at: new Date(portal.clock.now()).toISOString() });
  change(ticket, tickets, { hs_pipeline_stage: "1", hs_ticket_priority: "URGENT" });
  change(invoice, invoices, { hs_invoice_status: "open", hs_balance_due: "9000" });
}
