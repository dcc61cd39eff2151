import { handleWork } from "../../src/pipeline/handle-work.ts";
import type { PipelineContext } from "../../src/pipeline/pipeline-context.ts";
import { createPortalKnowledge } from "../../src/pipeline/portal-knowledge.ts";
import { createRulesInForce } from "../../src/pipeline/rules-in-force.ts";
import type { WorkKind } from "../../src/pipeline/store-port.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase } from "../database.ts";
import { createFakeHubSpot, type FakeHubSpot } from "../fakes/fake-hubspot.ts";
import { createRecordingLog } from "../recording-log.ts";
import { pipelineRules } from "./pipeline-rules.ts";

export type PipelineStage = Awaited<ReturnType<typeof openPipelineStage>>;

const KINDS: readonly WorkKind[] = ["refresh", "forget", "rescore", "deliver", "sweep"];
const quietly = { sync: () => undefined, rescore: () => undefined };

/** The use cases over a real store and a portal in memory; time stands still until it is moved. */
export async function openPipelineStage() {
  const database = await createTestDatabase();
  const store = createStore(database.pool);
  const clock = {
    instant: new Date("2026-10-01T08:00:00Z"),
    advance(ms: number) {
      clock.instant = new Date(clock.instant.getTime() + ms);
    },
  };
  const now = () => clock.instant;
  const log = createRecordingLog();
  let hubspot: FakeHubSpot = createFakeHubSpot(now);

  return {
    database,
    store,
    clock,
    log,
    /** The portal as it is now; each reset makes another. */
    get hubspot() {
      return hubspot;
    },
    async reset(): Promise<void> {
      await database.pool.query(
        "truncate work, dead_letters, companies, company_aliases, former_contacts, records, links, scores, score_history, tasks, sweeps, settings, rulesets, property_history",
      );
      hubspot = createFakeHubSpot(now);
      log.lines.length = 0;
    },
    context(ruleset: Ruleset = pipelineRules()): PipelineContext {
      const rules = compileRuleset(ruleset);
      const rulesInForce = createRulesInForce(rules);
      const portal = createPortalKnowledge(hubspot.port, store.settings, rulesInForce, now);
      return { hubspot: hubspot.port, store, rules, rulesInForce, portal, log, now };
    },
    hint: (...keys: string[]) =>
      store.work.mark(
        keys.map((key) => ({ kind: "refresh", key, priority: "webhook" })),
        now(),
      ),
    /** Does the work of one kind that is due, as a worker does; gives how much that was. */
    async workOn(context: PipelineContext, kind: WorkKind): Promise<number> {
      const claims = await store.work.claim(kind, 100, now());
      if (claims.length === 0) return 0;
      try {
        await handleWork(context, kind, claims, quietly);
      } catch (error) {
        await store.work.release(claims, now());
        throw error;
      }
      return claims.length;
    },
    /** Does all work, also what is due only later: time moves on to it. */
    async workOff(context: PipelineContext): Promise<void> {
      for (let isIdle = false; !isIdle;) {
        let done = 0;
        for (const kind of KINDS) done += await this.workOn(context, kind);
        if (done > 0) continue;
        isIdle = (await store.work.count(now())).every(({ waiting }) => waiting === 0);
        if (!isIdle) clock.advance(1_000);
      }
    },
    async sweep(context: PipelineContext, tasksForCurrent = false): Promise<void> {
      clock.advance(1_000);
      await store.sweeps.request(now(), { tasksForCurrent }, now());
      await this.workOff(context);
    },
    async valueOf(companyId: string, name: "score" | "band"): Promise<string | undefined> {
      return (await store.decisions.read(companyId))?.values[`chs_health_${name}`];
    },
    async tasks(): Promise<string[]> {
      const { rows } = await database.pool.query<{ key: string; state: string }>(
        "select key, state from tasks order by key",
      );
      return rows.map(({ key, state }) => `${key} ${state}`);
    },
    async recordsOf(companyId: string): Promise<string[]> {
      const { rows } = await database.pool.query<{ type: string; id: string }>(
        "select type, id from records where company_id = $1 order by type, id",
        [companyId],
      );
      return rows.map(({ type, id }) => `${type}:${id}`);
    },
  };
}
