import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import { lackingHistories, lacks, readMirrorState, unreadableOf, type MirrorState } from "../mirror-state.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { mirroredTypes } from "../record-sources.ts";
import type { ChildType } from "../store-port.ts";
import { createCountType, type CountType } from "./count-types.ts";
import { dayNumber } from "./day-of.ts";
import { planChildren, type Need } from "./plan-children.ts";
import { planChanges, planFind, planReread, type CompanyPlan } from "./plan-companies.ts";
import { readCalculated } from "./read-calculated.ts";
import { mirrorDigest, type SyncJob, type SyncStep } from "./sync-job.ts";

const WEEK_MS = 7 * 86_400_000;

/**
 * What is to be done to bring the mirror up to date, by the plan of the fewest calls: to fill in what the rules name and
 * the mirror lacks; else, once a week, to compare everything; else to read what was modified, and the links of a seventh
 * of the customers.
 */
export async function planSync(context: PipelineContext): Promise<SyncJob> {
  const { store, rules, now } = context;
  const before = await readMirrorState(store);
  const reconciledAt = await store.settings.read("reconciled_at");
  const isDue = reconciledAt === null || now().getTime() - Date.parse(reconciledAt) >= WEEK_MS;
  await readCalculated(context, false);

  const count = createCountType(context);
  const company = needOfCompany(before, rules);
  const needs = await needsOfChildren(context, before, count);
  const isFilling = company !== "changes" || [...needs.values()].some((need) => need === "fill" || need === "widen");
  const isCheck = !isFilling && isDue;

  const known = await store.mirror.countCompanies();
  const companies = await planCompanies(context, count, isCheck ? "check" : company);
  const customers = company === "fill" ? companies.customers : known;
  const newCustomers = Math.max(0, customers - known);
  const wanted = { needs: isCheck ? allChecked(needs) : needs, customers, newCustomers, isCheck };
  const children = await planChildren(context, count, wanted);
  const isNightly = !isFilling && !isCheck;
  const histories = lackingHistories(before, rules);
  const steps: SyncStep[] = [
    ...when(isCheck, { do: "definitions" }),
    ...companies.steps,
    // What comes to light of companies is followed by the steps for their records.
    ...children,
    ...when(histories.length > 0, { do: "histories", properties: histories }),
    ...when(isNightly, { do: "links", types: [...needs.keys()], day: dayNumber(now()) }),
  ];
  return {
    kind: isFilling ? "fill" : isCheck ? "reconcile" : "nightly",
    isWhole: isCheck || (company === "fill" && [...needs.values()].every((need) => need === "fill")),
    rules: mirrorDigest(rules),
    keptAt: now().toISOString(),
    steps,
    step: 0,
    cursor: null,
    done: 0,
  };
}

function planCompanies(context: PipelineContext, count: CountType, need: Need): Promise<CompanyPlan> {
  switch (need) {
    case "fill":
    case "check":
      return planFind(context, count, { isReread: true, isCheck: need === "check" });
    case "changes":
      return planChanges(context, count);
    default:
      return planReread(context, count);
  }
}

function when(isSo: boolean, step: SyncStep): SyncStep[] {
  return isSo ? [step] : [];
}

function needOfCompany(state: MirrorState, rules: CompiledRuleset): Need {
  const isOfOthers = rules.customers.some((customers) => !state.customers.includes(customers));
  if (!state.properties["company"] || isOfOthers || state.watermarks["company"] === undefined) return "fill";
  return lacks(state, rules, "company") ? "widen" : "changes";
}

/** Those that HubSpot forbids are left out. */
async function needsOfChildren(
  { rules }: PipelineContext,
  state: MirrorState,
  count: CountType,
): Promise<Map<ChildType, Need>> {
  const types = mirroredTypes(rules);
  const needs = new Map(types.map((type) => [type, needOf(state, rules, type)]));
  for (const [type, need] of [...needs]) {
    if (need === "changes") continue;
    const counted = await count(type);
    if (!counted) needs.delete(type);
    else if (counted.total === null && state.properties[type] && !lacks(state, rules, type)) needs.set(type, "relist");
  }
  // While contacts could not be read, the others were read without their links to them.
  if (unreadableOf(state).has("contact") && needs.has("contact"))
    for (const type of needs.keys()) needs.set(type, "fill");
  return needs;
}

function needOf(state: MirrorState, rules: CompiledRuleset, type: ChildType): Need {
  if (!state.properties[type] || state.watermarks[type] === undefined) return "fill";
  return lacks(state, rules, type) ? "widen" : "changes";
}

function allChecked(needs: ReadonlyMap<ChildType, Need>): Map<ChildType, Need> {
  return new Map([...needs.keys()].map((type) => [type, "check"]));
}
