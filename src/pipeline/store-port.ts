import type { Decision, Prior } from "../scoring/decision.ts";
import type { Facts, PropertyValues } from "../scoring/facts.ts";
import type { Score } from "../scoring/scores/score.ts";
import type { Observation } from "../scoring/signals/snapshot.ts";
import type { AdmissionStore } from "./admission-store-port.ts";
import type { CallBudget } from "./call-budget-port.ts";
import type { DeliveryStore } from "./delivery-store-port.ts";
import type { Refusal } from "./hubspot-port.ts";
import type { IdentityStore } from "./identity-store-port.ts";
import type { PlacementStore } from "./placement-store-port.ts";
import type { PortfolioStore } from "./portfolio-store-port.ts";
import type { RulesetStore } from "./ruleset-store-port.ts";
import type { SettingStore } from "./setting-store-port.ts";
import type { SweepStore } from "./sweep-store-port.ts";

/**
 * What the use cases need to keep. Instants are handed in, so that time can be moved by hand. Every method is one
 * transaction; none holds one open across a call to HubSpot.
 */
export type StorePort = {
  work: WorkStore;
  mirror: MirrorStore;
  decisions: DecisionStore;
  deliveries: DeliveryStore;
  admissions: AdmissionStore;
  sweeps: SweepStore;
  placements: PlacementStore;
  portfolio: PortfolioStore;
  rulesets: RulesetStore;
  settings: SettingStore;
  identities: IdentityStore;
  calls: CallBudget;
};

/**
 * `refresh` a record (`ticket:123`), `forget` one for good (`contact:123`), `rescore` a company, `deliver` a company,
 * run the `sweep` (`nightly`).
 */
export type WorkKind = "refresh" | "forget" | "rescore" | "deliver" | "sweep";
/** A notice that something is stale; the same key twice is one row. */
export type WorkHint = { kind: WorkKind; key: string; priority: Priority };
/** What webhooks ask for goes before what the sweep asks for. */
export type Priority = "webhook" | "sweep";
/**
 * A row that is ours to work on while the lease lasts. `seq` tells whether a later hint came meanwhile; `firstAt` is when
 * the first hint came that is not done yet.
 */
export type Claim = {
  kind: WorkKind;
  key: string;
  seq: string;
  lease: string;
  attempts: number;
  priority: Priority;
  firstAt: Date;
};

export type WorkStore = {
  mark(hints: readonly WorkHint[], now: Date): Promise<void>;
  /** Up to `limit` rows that are due and that nobody else holds, the most urgent and oldest first. */
  claim(kind: WorkKind, limit: number, now: Date): Promise<Claim[]>;
  /** Prolongs leases; a lease that was lost meanwhile stays lost. */
  keep(claims: readonly Claim[], now: Date): Promise<void>;
  /** Takes rows away, but those that were hinted at since (or too shortly before `readAt`), which become due again. */
  finish(claims: readonly Claim[], readAt: Date, now: Date): Promise<void>;
  /** Gives rows back unchanged, due at an instant; no attempt is counted. */
  release(claims: readonly Claim[], dueAt: Date): Promise<void>;
  /** Counts an attempt that HubSpot refused for this very record: due later, or dead after the last. */
  refuse(claim: Claim, refusal: Refusal, now: Date): Promise<"later" | "dead">;
  /** Gives back every lease: only for a service that is the only one on its store. */
  releaseAll(now: Date): Promise<void>;
  count(now: Date): Promise<WorkCount[]>;
};
export type WorkCount = { kind: WorkKind; waiting: number; dead: number; oldestDueSeconds: number };

/** The record types whose properties are mirrored beside the company's. */
export const childTypes = ["contact", "ticket", "invoice", "deal", "subscription", "feedback"] as const;
export type ChildType = (typeof childTypes)[number];

/** A company as it was read; `modifiedAt` is HubSpot's, and tells which of two reads is the older one. */
export type MirroredCompany = { id: string; properties: PropertyValues; modifiedAt: Date };
/** A record with all its links to companies and contacts. */
export type MirroredRecord = MirroredCompany & {
  links: { toType: "company" | "contact"; toId: string; primary: boolean }[];
};

/** A value that a company's property had from an instant on. */
export type HistoryRow = { companyId: string; property: string; at: Date; value: string | null };

/**
 * What is saved goes over what is there property by property: processes with different rules, as during a rolling
 * upgrade, share one mirror. A read older than the one that is there changes nothing; one as old does, because links
 * do not move the date.
 */
export type MirrorStore = {
  /**
   * Saves records that belong to a customer and forgets those that (no longer) do. A record belongs to the company it
   * is linked to, the primary one first, else to the company of its contact; what belongs to a company only through a
   * contact goes where the contact goes. With `rescore`, the companies whose facts changed by it are marked, those too
   * that the record is merely linked to, but for those that are not complete yet.
   */
  saveRecords(type: ChildType, records: readonly MirroredRecord[], rescore: Priority | null, now: Date): Promise<void>;
  /** What belonged to a company only through a removed contact stays until it was read again, and is marked for it. */
  removeRecords(type: ChildType, ids: readonly string[], rescore: Priority | null, now: Date): Promise<void>;
  /** Which of these records are mirrored. */
  knownRecords(type: ChildType, ids: readonly string[]): Promise<Set<string>>;
  /** Which of these records are mirrored as of that very modification. */
  unchangedRecords(type: ChildType, records: readonly { id: string; modifiedAt: Date }[]): Promise<Set<string>>;
  /**
   * Saves companies that are or were customers. Gives those that are not complete: they are neither marked nor decided
   * about until their records are here, because a first score without them would be a wrong one to start from. Where a
   * property named in `history` has another value than its past ends with, the value is added to its past.
   */
  saveCompanies(
    companies: readonly MirroredCompany[],
    rescore: Priority | null,
    now: Date,
    history?: readonly string[],
  ): Promise<string[]>;
  /** Adds to the past of properties what HubSpot tells of it; rows of companies that are not mirrored are dropped. */
  saveHistory(rows: readonly HistoryRow[]): Promise<void>;
  /** Drops the past of every other property, and what was over before an instant. */
  keepHistory(properties: readonly string[], since: Date): Promise<void>;
  /** Notes that all records of these companies are here; with `rescore`, they are marked. */
  completeCompanies(ids: readonly string[], rescore: Priority | null, now: Date): Promise<void>;
  /** The same for every company, once all types were read, but for those that a refresh is still to complete. */
  completeAllCompanies(rescore: Priority | null, now: Date): Promise<void>;
  /** Drops every other property of a type: nothing is kept that the rules do not name. */
  keepProperties(type: "company" | ChildType, names: readonly string[]): Promise<void>;
  /** Forgets every record of these types. */
  forgetTypes(types: readonly ChildType[]): Promise<void>;
  /**
   * Forgets companies with all their records, scores, work and tasks that were not made yet. The tasks that HubSpot has
   * stay as they are, there and in the outbox: should the company be restored, none of them is made a second time. The
   * records are marked to be read again: with a second company, they belong elsewhere.
   */
  removeCompanies(ids: readonly string[], refresh: Priority, now: Date): Promise<void>;
  /** Which of these companies are mirrored. */
  knownCompanies(ids: readonly string[]): Promise<Set<string>>;
  /** The ids of up to `limit` companies after one, in order; `incomplete`: of those alone whose records are not all here. */
  companiesAfter(id: string, limit: number, which?: "all" | "incomplete"): Promise<string[]>;
  /** The ids of up to `limit` records of a type after one, in order. */
  recordsAfter(type: ChildType, id: string, limit: number): Promise<string[]>;
  countCompanies(): Promise<number>;
  countRecords(type: ChildType): Promise<number>;
  /** The mirrored ids that are greater than one and not greater than another (null: no end), compared as numbers. */
  idsBetween(type: "company" | ChildType, over: string, upTo: string | null): Promise<string[]>;
  /** The links of mirrored records of a type to these companies or contacts. */
  linksTo(toType: "company" | "contact", toIds: readonly string[], fromType: ChildType): Promise<MirroredLink[]>;
  /** Which of these records are linked to a company, and so belong to it whatever their contacts do. */
  linkedToCompanies(type: ChildType, ids: readonly string[]): Promise<Set<string>>;
  /** The values that HubSpot took from us, of those of these companies that have any. */
  readWritten(ids: readonly string[]): Promise<Map<string, Record<string, string>>>;
  /** Forgets that HubSpot took these values, and marks the companies to have what was decided delivered again. */
  forgetWritten(rows: readonly { companyId: string; properties: readonly string[] }[], now: Date): Promise<void>;
};
export type MirroredLink = { fromId: string; toId: string; primary: boolean };

/** What a company's decision starts from. */
export type CompanyState = { facts: Facts; prior: Prior };

export type DecisionStore = {
  /**
   * Loads the companies, lets `decide` decide each (null leaves one as it is), and keeps the outcome: scores, history, values to be written, tasks
   * to be made and closed, and a row of `deliver` work where something is to be done. The companies are locked
   * meanwhile, so that two runs never decide one company at a time; those that are not complete are passed over.
   */
  decideEach(
    companyIds: readonly string[],
    decide: (state: CompanyState) => Decision | null,
    context: {
      rulesetHash: string;
      unreadable: ReadonlySet<ChildType>;
      /** The types whose records count at every company that they are linked to. */
      linked: ReadonlySet<ChildType>;
      priority: Priority;
      now: Date;
    },
  ): Promise<DecisionCount>;
  /** What was last decided for a company; null where it is not mirrored. */
  read(companyId: string): Promise<StoredDecision | null>;
  countByBand(scoreName: string): Promise<{ band: string; companies: number }[]>;
};
/** A score with all that it was computed from but the rules, which its ruleset's hash names. */
export type ScoreDetail = { signals: Record<string, Observation>; score: Score };
export type DecisionCount = { decided: number; changed: number; tasks: number; closings: number };
export type StoredDecision = {
  companyId: string;
  name: string;
  scores: { name: string; band: string; at: Date; rulesetHash: string; detail: ScoreDetail }[];
  values: Record<string, string>;
  written: Record<string, string>;
  tasks: { key: string; state: string; taskId: string | null }[];
};
