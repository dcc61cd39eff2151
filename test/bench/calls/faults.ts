import { setTimeout as pause } from "node:timers/promises";
import type { Pipeline } from "../../../src/compose.ts";
import { preparePortal } from "../../../src/compose/prepare-portal.ts";
import { receiveHints, type RecordHint } from "../../../src/pipeline/receive.ts";
import { objectTypes } from "../../../src/sandbox/portal/object-types.ts";
import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import { createRow, type Benchmark, type BenchRow } from "../bench-row.ts";
import { changeRecords } from "./change-records.ts";
import { countCalls, sumOf } from "./count-calls.ts";
import { countDead } from "./count-dead.ts";
import { openScene, requestSweep, type Scene } from "./open-scene.ts";
import { readEndState, type EndState } from "./read-end-state.ts";

const RATE = 0.1;
const SEEDS = [20, 21];
const COMPANIES = 300;
/** A client that waits longer for an answer measures patience and nothing else. */
const HANG_MS = 300;
/** In each round some customers fall, and those that fell in the round before recover. */
const ROUNDS = 6;
/** In this one the tickets of those that fall press too, and when they recover no more. */
const PRESSED_ROUND = 2;
/** So that nobody is far from being at risk. */
const USUAL_PRESSURE = "70";
const HIGHEST_PRESSURE = "100";
const ROUND_MS = 60_000;
const LOOK_EVERY_MS = 50;
const STOP_WITHIN_MS = 5_000;

type Outcome = { state: EndState; calls: Record<string, number>; faults: Record<string, number>; dead: number };

/** A setup and a first sync, then customers who fall and recover, with one call in ten failing in every way there is. */
export const measureFaults: Benchmark = async ({ divisor }) => {
  const calm = await runStory(null);
  const rows: BenchRow[] = [];
  for (const seed of divisor === 1 ? SEEDS : SEEDS.slice(0, 1)) {
    rows.push(...createRows(calm, await runStory({ rate: RATE, seed }), `one call in ten fails (seed ${seed})`));
  }
  return rows;
};

function createRows(calm: Outcome, broken: Outcome, name: string): BenchRow[] {
  const differing = broken.state.differingFrom(calm.state);
  const none = { goal: { atMost: 0 } };
  return [
    createRow({
      name: `${name}: calls`,
      figure: sumOf(broken.calls),
      unit: "calls",
      beside: sumOf(calm.calls),
      details: broken.calls,
    }),
    createRow({
      name: `${name}: failures`,
      figure: sumOf(broken.faults),
      unit: "calls",
      beside: sumOf(broken.calls),
      goal: { atLeast: 1 },
      details: broken.faults,
    }),
    createRow({
      name: `${name}: companies not as after a calm run`,
      figure: differing.length,
      unit: "companies",
      ...none,
      details: Object.fromEntries(differing.slice(0, 3).map((difference) => [difference, 1])),
    }),
    createRow({
      name: `${name}: tasks, beside a calm run`,
      figure: broken.state.tasks,
      unit: "tasks",
      beside: calm.state.tasks,
      goal: { atLeast: 1 },
    }),
    createRow({ name: `${name}: tasks made twice`, figure: broken.state.doubledTasks, unit: "tasks", ...none }),
    createRow({ name: `${name}: work given up`, figure: broken.dead, unit: "rows", ...none }),
  ];
}

async function runStory(faults: Sandbox["faults"]): Promise<Outcome> {
  const size = { companies: COMPANIES, customerEvery: 1 };
  const scene = await openScene({ size, sandbox: { faultHangMs: HANG_MS } });
  const { sandbox, clock } = scene;
  const pipeline = await scene.openPipeline();
  const { store, worker } = pipeline;
  try {
    const { tickets } = scene.records;
    changeRecords(sandbox.portal, objectTypes.ticket, tickets, tickets.length, { pressure: USUAL_PRESSURE });
    sandbox.forgetCalls();
    sandbox.faults = faults;
    await prepare(pipeline);
    worker.start();
    await requestSweep(pipeline);
    await settle(scene, pipeline);
    for (let round = 0; round <= ROUNDS; round += 1) {
      clock.advance(ROUND_MS);
      const hints = [...fall(scene, round), ...recover(scene, round - 1)];
      await receiveHints(store.work, hints, clock.now());
      await settle(scene, pipeline);
    }
    await requestSweep(pipeline);
    await settle(scene, pipeline);
    const dead = await countDead(scene);
    return { state: readEndState(sandbox), calls: countCalls(sandbox), faults: { ...sandbox.faultCounts }, dead };
  } finally {
    await worker.stop(STOP_WITHIN_MS);
    await scene.close();
  }
}

/** As a start of the service does it, again and again until HubSpot lets it through. */
function prepare(pipeline: Pipeline): Promise<void> {
  return new Promise((onReady, onWrong) => {
    preparePortal(pipeline, { onReady, onWrong }).catch(onWrong);
  });
}

/**
 * Nobody uses the product any more; gives what a webhook would tell. The company alone decides, but for one round in which
 * it and all its tickets do.
 */
function fall(scene: Scene, round: number): RecordHint[] {
  const quiet = { last_login_at: "2025-11-20T10:00:00Z", key_features_used: "0" };
  return changeGroup(scene, round, quiet, round === PRESSED_ROUND ? HIGHEST_PRESSURE : USUAL_PRESSURE);
}

function recover(scene: Scene, round: number): RecordHint[] {
  const busy = { last_login_at: "2026-03-03T08:00:00Z", key_features_used: "6" };
  return changeGroup(scene, round, busy, USUAL_PRESSURE);
}

function changeGroup(
  { sandbox: { portal }, records }: Scene,
  round: number,
  ofCompany: Record<string, string>,
  pressure: string,
): RecordHint[] {
  const companies = records.customers.filter((_, index) => index % ROUNDS === round);
  const tickets = companies.flatMap((id) => records.ticketsOf.get(id) ?? []);
  changeRecords(portal, objectTypes.company, companies, companies.length, ofCompany);
  changeRecords(portal, objectTypes.ticket, tickets, tickets.length, { subject: `Question ${round}`, pressure });
  const hintOf =
    (type: RecordHint["type"]) =>
    (id: string): RecordHint => ({ type, id, echo: false, forget: false });
  return [...companies.map(hintOf("company")), ...tickets.map(hintOf("ticket"))];
}

/** Waits until no work is left; when all of it is due only later, time goes on to then. */
async function settle({ database, clock }: Scene, { worker }: Pipeline): Promise<void> {
  for (;;) {
    const { rows } = await database.pool.query<{ due_at: Date; lease: string | null }>(
      `SELECT due_at, lease FROM work ORDER BY due_at`,
    );
    const [next] = rows;
    if (!next) return;
    const leftMs = next.due_at.getTime() - clock.now().getTime();
    if (leftMs > 0 && rows.every(({ lease }) => lease === null)) clock.advance(leftMs);
    worker.wake();
    await pause(LOOK_EVERY_MS);
  }
}
