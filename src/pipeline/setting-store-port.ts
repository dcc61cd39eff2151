import type { CutPoints } from "../scoring/scores/placement.ts";
import type { SyncJob } from "./sync/sync-job.ts";

/** Small things that are kept, by name, as JSON. */
export type SettingStore = {
  read<Name extends keyof Settings>(name: Name): Promise<Settings[Name] | null>;
  write<Name extends keyof Settings>(name: Name, value: Settings[Name]): Promise<void>;
};

export type Settings = {
  /** The portal that this store belongs to, for ever. */
  portal: { portalId: string };
  /** What scores depend on of the portal's settings, as last read: so that nothing need be asked to score again. */
  portal_facts: { closedStages: string[] };
  /**
   * What the mirror holds: whom the rules called customers when it was filled (`CompiledRuleset.customers`), the
   * properties it was filled with and the watermark (ISO instant) per type, the company properties whose past was
   * filled in, and the types that the token may not read.
   */
  mirror: {
    customers: string[];
    properties: Record<string, string[]>;
    histories: string[];
    watermarks: Record<string, string>;
    unreadable: string[];
  };
  /** Of each type the latest modification that HubSpot has shown, and when it was first shown here (ISO instants). */
  latest_modified: Record<string, { at: string; seenAt: string }>;
  /** The sync that is under way, or was broken off: what it does and how far it came. */
  sync: SyncJob | null;
  /** When the mirror was last filled or reconciled as a whole (ISO instant). */
  reconciled_at: string;
  /** By type, the properties that HubSpot works out (roll-ups); nothing tells of their changes, and no search shows them. */
  calculated: Record<string, string[]>;
  /** By type, the properties that the rules named when `calculated` was read. */
  calculated_of: Record<string, string[]>;
  /** When the sweep is to run next (ISO): one that lies in the past at start was missed. */
  schedule: { nextDueAt: string };
  /** The rules by which the last owed sweep was asked for. */
  ruleset: { hash: string };
  /** Where the last sweep cut the portfolio for percentile bands, by the name of the score. */
  cut_points: Record<string, CutPoints>;
};
