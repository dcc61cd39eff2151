import type { Pool } from "pg";
import type { StorePort } from "../pipeline/store-port.ts";
import { createAdmissionStore } from "./admission-store.ts";
import { createCallBudgetStore } from "./call-budget-store.ts";
import { createDecisionStore } from "./decision-store.ts";
import { createDeliveryStore } from "./delivery-store.ts";
import { createIdentityStore } from "./identity-store.ts";
import { createMirrorStore } from "./mirror-store.ts";
import { createPlacementStore } from "./placement-store.ts";
import { createPortfolioStore } from "./portfolio-store.ts";
import { createRulesetStore } from "./ruleset-store.ts";
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
    admissions: createAdmissionStore(pool),
    sweeps: createSweepStore(pool),
    placements: createPlacementStore(pool),
    portfolio: createPortfolioStore(pool),
    rulesets: createRulesetStore(pool),
    settings: createSettingStore(pool),
    identities: createIdentityStore(pool),
    calls: createCallBudgetStore(pool),
  };
}
