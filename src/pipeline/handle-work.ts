import { admitTasks } from "./admit-tasks.ts";
import { adoptWaitingRules } from "./adopt-rules.ts";
import { deliverCompanies } from "./deliver.ts";
import { forgetContacts } from "./forget-contacts.ts";
import { HubSpotError, HubSpotForbidden, HubSpotRefused } from "./hubspot-errors.ts";
import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import type { Refusal } from "./hubspot-port.ts";
import { isMirrorComplete, readMirrorState } from "./mirror-state.ts";
import { parseRefreshKey, type PipelineContext } from "./pipeline-context.ts";
import { refreshRecords } from "./refresh.ts";
import { rescoreCompanies } from "./rescore.ts";
import type { Claim, Priority, WorkKind } from "./store-port.ts";
import { runSweep, type SweepProgress } from "./sweep.ts";

/** How long until one looks again for a task that HubSpot may or may not have. */
const UNCLEAR_MS = 5_000;

/** What HubSpot cannot write now is tried again after as long as it has waited already, but no sooner and no later. */
const LEAST_LATER_MS = 5_000;
const MOST_LATER_MS = 900_000;

/** How long a company waits whose score would be one from an incomplete mirror. */
const INCOMPLETE_MS = 60_000;

/**
 * Does what claimed rows ask for, and settles each of them: done, later or dead. Throws where nothing can be settled
 * because HubSpot or the store is away; then whoever claimed the rows gives them back.
 */
export async function handleWork(
  context: PipelineContext,
  kind: WorkKind,
  claims: readonly Claim[],
  progress: SweepProgress,
): Promise<void> {
  switch (kind) {
    case "refresh":
      return handleHalving(context, claims, handleRefresh);
    case "forget":
      return handleForget(context, claims);
    case "rescore":
      return handleRescore(context, claims);
    case "deliver":
      return handleHalving(context, claims, handleDeliver);
    case "sweep":
      return handleSweep(context, claims, progress);
  }
}

async function handleRefresh(context: PipelineContext, claims: readonly Claim[]): Promise<void> {
  const { store, now } = context;
  const readAt = now();
  await refreshRecords(
    context,
    claims.map(({ key }) => parseRefreshKey(key)),
    mostUrgent(claims),
  );
  await store.work.finish(claims, readAt, now());
}

async function handleForget(context: PipelineContext, claims: readonly Claim[]): Promise<void> {
  const { store, now } = context;
  const readAt = now();
  const ids = claims.map(({ key }) => parseRefreshKey(key).id);
  await forgetContacts(context, ids, mostUrgent(claims));
  await store.work.finish(claims, readAt, now());
}

async function handleRescore(context: PipelineContext, claims: readonly Claim[]): Promise<void> {
  const { store, rules, now } = context;
  const readAt = now();
  // A score from a mirror that is still being filled would be a wrong one to start from. A process with other rules,
  // for which the mirror is complete, may take the rows meanwhile.
  if (!isMirrorComplete(await readMirrorState(store), rules)) {
    await store.work.release(claims, new Date(now().getTime() + INCOMPLETE_MS));
    return;
  }
  const priority = mostUrgent(claims);
  await rescoreCompanies(
    context,
    claims.map(({ key }) => key),
    { priority, tasksForCurrent: false },
  );
  await admitTasks(context, priority);
  await store.work.finish(claims, readAt, now());
}

/** HubSpot may refuse a whole request for one bad record: then the rows are halved until it stands alone. */
async function handleHalving(
  context: PipelineContext,
  claims: readonly Claim[],
  handle: (context: PipelineContext, claims: readonly Claim[]) => Promise<void>,
): Promise<void> {
  try {
    await handle(context, claims);
  } catch (error) {
    if (!(error instanceof HubSpotRefused)) throw error;
    const [first, ...rest] = claims;
    if (first && rest.length === 0) {
      const { message, correlationId } = error;
      return refuse(context, first, { id: first.key, message, correlationId });
    }
    const middle = Math.ceil(claims.length / 2);
    await handleHalving(context, claims.slice(0, middle), handle);
    await handleHalving(context, claims.slice(middle), handle);
  }
}

async function refuse({ store, log, now }: PipelineContext, claim: Claim, refusal: Refusal): Promise<void> {
  const { kind, key: work } = claim;
  const { message: reason, correlationId } = refusal;
  const fate = await store.work.refuse(claim, refusal, now());
  if (kind === "deliver" && fate === "dead") await store.deliveries.recordGivenUp(work, now());
  log.warn({ kind, work, fate, reason, correlationId }, "HubSpot refuses this");
}

async function handleDeliver(context: PipelineContext, claims: readonly Claim[]): Promise<void> {
  const { store, now } = context;
  const readAt = now();
  const { refused, unclear, later } = await deliverCompanies(
    context,
    claims.map(({ key }) => key),
  );
  const refusals = new Map(refused.map((refusal) => [refusal.id, refusal]));
  const isUnclear = new Set(unclear);
  for (const claim of claims) {
    const refusal = refusals.get(claim.key);
    if (refusal) await refuse(context, claim, refusal);
  }
  const isLater = new Set(later);
  const open = claims.filter(({ key }) => !refusals.has(key));
  for (const claim of open.filter(({ key }) => isLater.has(key))) await postpone(context, claim);
  const rest = open.filter(({ key }) => !isLater.has(key));
  await store.work.release(
    rest.filter(({ key }) => isUnclear.has(key)),
    new Date(now().getTime() + UNCLEAR_MS),
  );
  await store.work.finish(
    rest.filter(({ key }) => !isUnclear.has(key)),
    readAt,
    now(),
  );
}

async function postpone({ store, log, now }: PipelineContext, claim: Claim): Promise<void> {
  const waitedMs = now().getTime() - claim.firstAt.getTime();
  const waitMs = Math.min(Math.max(waitedMs, LEAST_LATER_MS), MOST_LATER_MS);
  await store.work.release([claim], new Date(now().getTime() + waitMs));
  log.warn({ kind: claim.kind, work: claim.key, waitMs }, "HubSpot cannot write this now, but others");
}

async function handleSweep(context: PipelineContext, claims: readonly Claim[], progress: SweepProgress): Promise<void> {
  const { store, now } = context;
  const readAt = now();
  const { rules, failure } = await adoptRules(context, progress);
  for (let sweep = await store.sweeps.next(); sweep; sweep = await store.sweeps.next()) {
    await runSweep({ ...context, rules }, sweep, progress);
  }
  if (failure) throw failure;
  await store.work.finish(claims, readAt, now());
}

/**
 * New rules that cannot come into force must not keep the old ones from the night. What HubSpot refuses waits for a
 * person; what it cannot answer now is a `failure`, to be thrown when the night's work is done.
 */
async function adoptRules(
  context: PipelineContext,
  progress: SweepProgress,
): Promise<{ rules: CompiledRuleset; failure: HubSpotError | null }> {
  try {
    return { rules: await adoptWaitingRules(context, progress.sync), failure: null };
  } catch (error) {
    if (!(error instanceof HubSpotError)) throw error;
    const isRefused = error instanceof HubSpotRefused || error instanceof HubSpotForbidden;
    if (isRefused) context.log.error({ error }, "HubSpot refuses what the new rules need; the old ones stay in force");
    return { rules: context.rules, failure: isRefused ? null : error };
  }
}

function mostUrgent(claims: readonly Claim[]): Priority {
  return claims.some(({ priority }) => priority === "webhook") ? "webhook" : "sweep";
}
