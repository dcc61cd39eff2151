import type { CutPoints } from "../scoring/scores/placement.ts";

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
  /** When the sweep is to run next (ISO): one that lies in the past at start was missed. */
  schedule: { nextDueAt: string };
  /** The rules by which the last owed sweep was asked for. */
  ruleset: { hash: string };
  /** Where the last sweep cut the portfolio for percentile bands, by the name of the score. */
  cut_points: Record<string, CutPoints>;
};
