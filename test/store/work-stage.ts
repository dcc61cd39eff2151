import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import type { Claim, Priority, WorkKind, WorkStore } from "../../src/pipeline/store-port.ts";
import { createWorkStore } from "../../src/store/work-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const start = Date.parse("2026-10-01T08:00:00Z");
/** An instant, in seconds after the first. */
export const at = (seconds: number) => new Date(start + seconds * 1_000);
export const keysOf = (claims: readonly Claim[]) => claims.map(({ key }) => key);
export async function only(claims: Promise<Claim[]>): Promise<Claim> {
  const [claim, ...others] = await claims;
  if (!claim || others.length > 0) throw new Error(`Expected one claim; there is none, or ${others.length} more`);
  return claim;
}

/** An empty store of work for each test of a suite. */
export function useWorkStage() {
  let database: TestDatabase;
  let work: WorkStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    work = createWorkStore(database.pool);
  });
  beforeEach(() => database.pool.query("truncate work, dead_letters"));
  afterAll(() => database.drop());

  return {
    get database() {
      return database;
    },
    get work() {
      return work;
    },
    mark: (key: string, seconds: number, kind: WorkKind = "refresh", priority: Priority = "sweep") =>
      work.mark([{ kind, key, priority }], at(seconds)),
    async waiting(kind: WorkKind, seconds = 0) {
      return (await work.count(at(seconds))).find((count) => count.kind === kind);
    },
    /** In seconds after the first instant. */
    async dueAt(key: string): Promise<number | undefined> {
      const { rows } = await database.pool.query<{ due_at: Date }>("select due_at from work where key = $1", [key]);
      return rows[0] && (rows[0].due_at.getTime() - start) / 1_000;
    },
  };
}
