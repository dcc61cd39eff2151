import { createHash } from "node:crypto";
import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import type { SearchFilters } from "../hubspot-port.ts";
import { mirroredProperties, type MirroredType } from "../mirrored-properties.ts";
import { linkedTypes, mirroredTypes } from "../record-sources.ts";
import type { ChildType, StorePort } from "../store-port.ts";

/** One thing that a sync does. `counted` is what HubSpot's search said of a type before the step began. */
export type SyncStep =
  /** Asks again which properties HubSpot works out. */
  | { do: "definitions" }
  /** Lists a whole type, with links; `isCheck`: what is mirrored and not listed is looked for, and what we wrote. */
  | { do: "list"; type: MirroredType; total: number | null; counted: Counted; isCheck: boolean }
  /** Finds the customers by search. */
  | { do: "find"; filters: SearchFilters; total: number; counted: Counted }
  /** Searches what was modified since the watermark. */
  | { do: "changes"; type: MirroredType }
  /** Reads what is mirrored of a type again. */
  | { do: "reread"; type: MirroredType; total: number; isCheck: boolean }
  /** Reads the records of these types that belong to companies, by their links. */
  | { do: "follow"; types: ChildType[]; of: "all" | "incomplete"; counted: Record<string, Counted> }
  /** Reads the past of properties of every company. */
  | { do: "histories"; properties: string[] }
  /** Compares the links of companies with the mirror: of those of one day in seven, or of all (null). */
  | { do: "links"; types: ChildType[]; day: number | null };

/** The last modification of any record (ISO), null where there is none; null where HubSpot will not search the type. */
export type Counted = { latest: string | null } | null;

/**
 * How far a step came; `seen` is the greatest id so far, `pending` are ids that are still to be read, `read` is the last
 * record that was read of those behind `after`.
 */
export type SyncCursor = {
  after?: string;
  seen?: string;
  latest?: string;
  read?: { type: ChildType; id: string };
  pending?: Partial<Record<ChildType, string[]>>;
};

export type SyncJob = {
  kind: "fill" | "nightly" | "reconcile";
  /** Whether the mirror has been compared with HubSpot as a whole once it is done. */
  isWhole: boolean;
  /** What the rules mirror, as `mirrorDigest` gives it. */
  rules: string;
  /** When it last came further (ISO): it may take days, as long as it does. */
  keptAt: string;
  steps: SyncStep[];
  /** The step that is under way, how far it came, and how many records it has seen. */
  step: number;
  cursor: SyncCursor | null;
  done: number;
};

/** A job that came no further for a day is planned anew, by the totals of now. */
const LONGEST_MS = 86_400_000;

/** The job that was broken off, if it is one by the same rules that came further not too long ago. */
export async function readBrokenJob(
  { settings }: Pick<StorePort, "settings">,
  rules: CompiledRuleset,
  now: Date,
): Promise<SyncJob | null> {
  const job = await settings.read("sync");
  if (!job || job.rules !== mirrorDigest(rules)) return null;
  return Math.abs(now.getTime() - Date.parse(job.keptAt)) <= LONGEST_MS ? job : null;
}

/** The same text for rules that mirror the same. */
export function mirrorDigest(rules: CompiledRuleset): string {
  const types: MirroredType[] = ["company", ...mirroredTypes(rules)];
  const reads = types.map((type) => [type, mirroredProperties(rules, type)]);
  const mirrored = [rules.customers, reads, rules.reads.history, [...linkedTypes(rules)].toSorted()];
  return createHash("sha256").update(JSON.stringify(mirrored)).digest("hex");
}
