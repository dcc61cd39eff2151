import type { Pool } from "pg";
import type { StorePort } from "../pipeline/store-port.ts";
import { createDecisionStore } from "./decision-store.ts";
import { createDeliveryStore } from "./delivery-store.ts";
import { createMirrorStore } from "./mirror-store.ts";
import { createSettingStore } from "./setting-store.ts";
import { createSweepStore } from "./sweep-store.ts";
import { createWorkStore } from "./work-store.ts";

/** The store over a migrated database. */
export function createStore(pool: Pool): StorePort {
  return {
    work: createWorkStore(pool),
    mirror: createMirrorStore(pool),
    decisions: createDecisionStore(pool),
    deliveries: createDeliveryStore(pool),
    sweeps: createSweepStore(pool),
    settings: createSettingStore(pool),
  };
}
