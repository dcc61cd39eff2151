import type { SearchFilters } from "../hubspot-port.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { callsToFind, callsToList, callsToReread, choosePlan } from "./choose-plan.ts";
import type { CountType } from "./count-types.ts";
import { customerFilters } from "./customer-filters.ts";
import { readSearchMode } from "./search-mode.ts";
import type { SyncStep } from "./sync-job.ts";

/** The steps, and how many customers they will find, as far as that is known. */
export type CompanyPlan = { steps: SyncStep[]; customers: number };

const NUMERIC = new Set(["over", "under", "at_least", "at_most", "between"]);

/** Finds all customers: lists the companies, or searches for those that may be customers. */
export async function planFill(context: PipelineContext, count: CountType): Promise<CompanyPlan> {
  const { hubspot } = context;
  const { total = null, counted = null } = (await count("company")) ?? {};
  const { unshown, byId } = await readSearchMode(context, "company");
  const filters = total === null || byId ? null : await filtersOf(context, unshown);
  const customers = filters && ((await hubspot.countRecords("company", filters))?.total ?? null);
  const calls = customers === null ? Infinity : callsToFind(customers, unshown.length > 0);
  const plan = choosePlan(["list", callsToList(total ?? 0)], ["find", calls]);
  if (plan === "find" && filters && customers !== null) {
    const steps: SyncStep[] = [{ do: "find", filters, total: customers, counted }];
    if (unshown.length > 0) steps.push({ do: "reread", type: "company", total: customers, isCheck: false });
    return { steps, customers };
  }
  const steps: SyncStep[] = [{ do: "list", type: "company", total, counted, isCheck: false }];
  return { steps, customers: customers ?? total ?? Infinity };
}

/** Reads the customers again: as they are mirrored, or among all companies. `isCheck` as in the steps. */
export async function planReread({ store }: PipelineContext, count: CountType, isCheck: boolean): Promise<CompanyPlan> {
  const customers = await store.mirror.countCompanies();
  const { total = null, counted = null } = (await count("company")) ?? {};
  const calls = total === null ? Infinity : callsToList(total);
  const plan = choosePlan(["list", calls], ["reread", callsToReread(customers, false)]);
  if (plan === "list") return { steps: [{ do: "list", type: "company", total, counted, isCheck }], customers };
  const steps: SyncStep[] = [
    { do: "changes", type: "company" },
    { do: "reread", type: "company", total: customers, isCheck },
  ];
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
