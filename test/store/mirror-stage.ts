import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import type { ChildType, MirroredRecord, StorePort } from "../../src/pipeline/store-port.ts";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

export const now = new Date("2026-10-01T08:00:00Z");

/** A record with links written as `company 10`, `company 10 primary` or `contact 501`. */
export function record(
  id: string,
  links: string[],
  properties: MirroredRecord["properties"] = {},
  modifiedAt: Date = now,
): MirroredRecord {
  return {
    id,
    properties,
    modifiedAt,
    links: links.map((link) => {
      const [toType, toId = "", primary] = link.split(" ");
      return { toType: toType === "contact" ? "contact" : "company", toId, primary: primary === "primary" };
    }),
  };
}

/** A mirror with the customers 10, 11 and 12 for each test of a suite. */
export function useMirrorStage() {
  let database: TestDatabase;
  let store: StorePort;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = createStore(database.pool);
  });
  beforeEach(async () => {
    await database.pool.query(
      "truncate work, dead_letters, companies, company_aliases, former_contacts, records, links, scores, score_history, property_history, tasks",
    );
    await stage.saveCustomers("10", "11", "12");
  });
  afterAll(() => database.drop());

  const stage = {
    get database() {
      return database;
    },
    get store() {
      return store;
    },
    /** Companies whose records are here: those are marked when their facts change. */
    async saveCustomers(...ids: string[]): Promise<void> {
      await store.mirror.saveCompanies(
        ids.map((id) => ({ id, properties: { name: id }, modifiedAt: now })),
        null,
        now,
      );
      await store.mirror.completeCompanies(ids, null, now);
    },
    save: (type: ChildType, ...records: MirroredRecord[]) => store.mirror.saveRecords(type, records, "webhook", now),
    async ownerOf(type: ChildType, id: string): Promise<string | undefined> {
      const { rows } = await database.pool.query<{ company_id: string }>(
        "select company_id from records where type = $1 and id = $2",
        [type, id],
      );
      return rows[0]?.company_id;
    },
    /** The companies that are marked since the last look. */
    async marked(): Promise<string[]> {
      const { rows } = await database.pool.query<{ key: string }>(
        "delete from work where kind = 'rescore' returning key",
      );
      return rows.map(({ key }) => key).sort();
    },
  };
  return stage;
}
