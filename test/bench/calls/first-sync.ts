import { createRow, type BenchRow, type Benchmark } from "../bench-row.ts";
import { countCalls, splitHistories, sumOf, type CallCounts } from "./count-calls.ts";
import type { FilledPortal, PortalSize } from "./fill-portal.ts";
import { firstSyncFloor, followFloor, historyFloor, type RecordTotals } from "./floors.ts";
import { measureNaive } from "./measure-naive.ts";
import { openScene, syncFirst, type Scene } from "./open-scene.ts";

/** 10,000 companies, all customers, with 30,000 contacts, 20,000 tickets and 30,000 invoices. */
export const measureFirstSync: Benchmark = async ({ divisor }) => {
  const size = { companies: 10_000 / divisor, customerEvery: 1 };
  const name = `first sync, ${size.companies} customers`;
  const { scene, histories, others } = await runFirstSync(size);
  const { writes, records } = scene;
  const floor = firstSyncFloor(totalsOf(records), writes.companies, writes.tasksMade);
  return [
    createRow({
      name,
      figure: sumOf(others),
      unit: "calls",
      beside: floor,
      goal: { atMost: 1.05 * floor },
      details: others,
    }),
    historyRow(name, histories, records),
    await measureNaive(name, sumOf(others), size, (naive) => naive.scoreAll()),
  ];
};

/** The same portal with 500 customers among its companies. */
export const measureFewCustomers: Benchmark = async ({ divisor }) => {
  const size = { companies: 10_000 / divisor, customerEvery: 20 };
  const name = `first sync, ${size.companies / size.customerEvery} customers of ${size.companies} companies`;
  const { scene, histories, others } = await runFirstSync(size);
  const floor = followFloor(totalsOfCustomers(scene), scene.writes.companies);
  return [
    createRow({
      name,
      figure: sumOf(others),
      unit: "calls",
      beside: floor,
      goal: { atMost: 1.5 * floor + 30 },
      details: others,
    }),
    historyRow(name, histories, scene.records),
    await measureNaive(name, sumOf(others), size, (naive) => naive.scoreCustomers()),
  ];
};

async function runFirstSync(size: PortalSize): Promise<{ scene: Scene; histories: number; others: CallCounts }> {
  const scene = await openScene({ size });
  try {
    await syncFirst(await scene.openPipeline());
    return { scene, ...splitHistories(countCalls(scene.sandbox)) };
  } finally {
    await scene.close();
  }
}

function historyRow(name: string, histories: number, { customers }: FilledPortal): BenchRow {
  const beside = historyFloor(customers.length);
  return createRow({ name: `${name}: past of a property`, figure: histories, unit: "calls", beside });
}

function totalsOf({ companies, contacts, tickets, invoices }: FilledPortal): RecordTotals {
  return {
    companies: companies.length,
    contacts: contacts.length,
    tickets: tickets.length,
    invoices: invoices.length,
  };
}

/** Every company has its share of the records, customers as others. */
function totalsOfCustomers({ records }: Scene): RecordTotals {
  const { companies, contacts, tickets, invoices } = totalsOf(records);
  const share = records.customers.length / companies;
  return {
    companies: records.customers.length,
    contacts: contacts * share,
    tickets: tickets * share,
    invoices: invoices * share,
  };
}
