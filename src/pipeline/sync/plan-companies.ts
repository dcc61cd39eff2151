import type { SearchFilters } from "../hubspot-port.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { callsToFind, callsToList, callsToReread, choosePlan } from "./choose-plan.ts";
import type { CountType } from "./count-types.ts";
import { becomeUnseen, customerFilters } from "./customer-filters.ts";
import { readSearchMode } from "./search-mode.ts";
import type { SyncStep } from "./sync-job.ts";

/** The steps, and how many customers they find or read, as far as that is known. */
export type CompanyPlan = { steps: SyncStep[]; customers: number };

const NUMERIC = new Set(["over", "under", "at_least", "at_most", "between"]);

/**
 * Finds all customers: lists the companies, or searches for those that may be customers. What is mirrored already is
 * brought up to date too: what was modified is read, for a search by filters passes over who is a customer no more, and
 * with `isReread` all of it once again. `isCheck` as in the steps.
 */
export async function planFind(
  context: PipelineContext,
  count: CountType,
  { isReread, isCheck }: { isReread: boolean; isCheck: boolean },
): Promise<CompanyPlan> {
  const { hubspot, store } = context;
  const mirrored = await store.mirror.countCompanies();
  const { total = null, counted = null } = (await count("company")) ?? {};
  const { unshown, byId } = await readSearchMode(context, "company");
  const filters = total === null || byId ? null : await filtersOf(context, unshown);
  const customers = filters && ((await hubspot.countRecords("company", filters))?.total ?? null);
  const rereads = unshown.length > 0 || (isReread && mirrored > 0) ? Math.max(mirrored, customers ?? 0) : 0;
  const calls = customers === null ? Infinity : callsToFind({ customers, rereads, hasChanges: mirrored > 0 });
  const plan = choosePlan(["list", callsToList(total ?? 0)], ["find", calls]);
  if (plan === "find" && filters && customers !== null) {
    const steps: SyncStep[] = [];
    // Before the search, which notes that all was read.
    if (mirrored > 0) steps.push({ do: "changes", type: "company" });
    steps.push({ do: "find", filters, total: customers, counted });
    if (rereads > 0) steps.push({ do: "reread", type: "company", total: rereads, isCheck });
    return { steps, customers };
  }
  const steps: SyncStep[] = [{ do: "list", type: "company", total, counted, isCheck }];
  return { steps, customers: customers ?? total ?? Infinity };
}

/** Reads the customers that are mirrored again, or all companies. */
export async function planReread({ store }: PipelineContext, count: CountType): Promise<CompanyPlan> {
  const customers = await store.mirror.countCompanies();
  const { total = null, counted = null } = (await count("company")) ?? {};
  const calls = total === null ? Infinity : callsToList(total);
  const plan = choosePlan(["list", calls], ["reread", callsToReread(customers, false)]);
  if (plan === "list") return { steps: [{ do: "list", type: "company", total, counted, isCheck: false }], customers };
  const steps: SyncStep[] = [
    { do: "changes", type: "company" },
    { do: "reread", type: "company", total: customers, isCheck: false },
  ];
  return { steps, customers };
}

/** Reads what was modified, and finds the customers where a company becomes one without being modified. */
export async function planChanges(context: PipelineContext, count: CountType): Promise<CompanyPlan> {
  const { unshown } = await readSearchMode(context, "company");
  if (becomeUnseen(context.rules, unshown)) return planFind(context, count, { isReread: false, isCheck: false });
  const customers = await context.store.mirror.countCompanies();
  const steps: SyncStep[] = [{ do: "changes", type: "company" }];
  // The properties that HubSpot works out change without a sign: those of every customer are read.
  if (unshown.length > 0) steps.push({ do: "reread", type: "company", total: customers, isCheck: false });
  return { steps, customers };
}

/** HubSpot compares numbers as numbers only where the property is one. */
async function filtersOf({ hubspot, rules }: PipelineContext, unshown: string[]): Promise<SearchFilters | null> {
  const tests = rules.customerTests.flatMap(({ where, churned }) => [...where, ...(churned ?? [])]);
  const definitions = tests.some(({ test }) => NUMERIC.has(test.kind))
    ? await hubspot.readPropertyDefinitions("company")
    : [];
  const numbers = new Set(definitions.filter(({ type }) => type === "number").map(({ name }) => name));
  return customerFilters(rules, { numbers, calculated: new Set(unshown) });
}
