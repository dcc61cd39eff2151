import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import type { ChildType, CompanyState, DecisionCount, StorePort } from "../../src/pipeline/store-port.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { decide } from "../../src/scoring/decision.ts";
import { createMoment } from "../../src/scoring/time/moment.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { sampleRuleset } from "../scoring/sample-ruleset.ts";

const DAY_MS = 86_400_000;
const start = Date.parse("2026-10-01T08:00:00Z");
/** An instant, in days after the first. */
export const day = (days: number) => new Date(start + days * DAY_MS);

/** An empty store for each test of a suite, and decisions by the real rules. */
export function useDecisionStage() {
  let database: TestDatabase;
  let store: StorePort;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = createStore(database.pool);
  });
  beforeEach(() =>
    database.pool.query(
      "truncate work, dead_letters, companies, company_aliases, former_contacts, records, links, scores, score_history, property_history, tasks",
    ),
  );
  afterAll(() => database.drop());

  /** A company whose score is what is given, or unknown. */
  const save = async (id: string, score: number | null, more: Record<string, string | null> = {}) => {
    const value = score === null ? null : String(score);
    const properties = { name: `Company ${id}`, lifecyclestage: "customer", seats: value, features: value, nps: value };
    const saved = { id, properties: { ...properties, ...more }, modifiedAt: day(0) };
    await store.mirror.saveCompanies([saved], null, day(0));
    await store.mirror.completeCompanies([id], null, day(0));
  };

  function decideOn(
    days: number,
    ids: readonly string[] = ["10"],
    given: {
      ruleset?: Ruleset;
      tasksForCurrent?: boolean;
      unreadable?: ChildType[];
      linked?: ChildType[];
      look?: (state: CompanyState) => void;
    } = {},
  ): Promise<DecisionCount> {
    const { ruleset = sampleRuleset(), tasksForCurrent = false, unreadable = [], linked = [], look } = given;
    const options = { tasksForCurrent, cutPoints: new Map() };
    const rules = compileRuleset(ruleset);
    const moment = createMoment(day(days), rules.calendar, new Set());
    const owners = { active: new Set<string>(), idByEmail: new Map<string, string>() };
    return store.decisions.decideEach(
      ids,
      (state) => {
        look?.(state);
        return decide(rules, state.facts, state.prior, moment, owners, options);
      },
      {
        rulesetHash: ruleset.hash,
        unreadable: new Set(unreadable),
        linked: new Set(linked),
        priority: "sweep",
        now: day(days),
      },
    );
  }

  async function deliveries(): Promise<string[]> {
    const { rows } = await database.pool.query<{ key: string }>(
      "delete from work where kind = 'deliver' returning key",
    );
    return rows.map(({ key }) => key).sort();
  }
  const historyOf = async (id: string) => {
    const { rows } = await database.pool.query<{ value: number | null; band: string }>(
      "select value, band from score_history where company_id = $1 order by at",
      [id],
    );
    return rows.map(({ value, band }) => `${value} ${band}`);
  };
  async function tasksOf(id: string): Promise<string[]> {
    const stored = await store.decisions.read(id);
    return stored?.tasks.map(({ key, state }) => `${key} ${state}`) ?? [];
  }
  /** HubSpot takes everything that is to be written for a company. */
  async function deliver(id: string): Promise<void> {
    await store.deliveries.recordWritten(await store.deliveries.load([id]));
    await deliveries();
  }
  const openTask = async (key: string, days: number) => {
    await store.deliveries.recordSending([key], day(days));
    await store.deliveries.recordCreated([{ key, taskId: "9001" }], day(days));
  };

  return {
    get database() {
      return database;
    },
    get store() {
      return store;
    },
    save,
    decideOn,
    deliveries,
    historyOf,
    tasksOf,
    deliver,
    openTask,
  };
}
