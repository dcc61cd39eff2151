import type { Facts } from "../scoring/facts.ts";
import type { Score } from "../scoring/scores/score.ts";
import type { Snapshot } from "../scoring/signals/snapshot.ts";
import type { ChildType } from "./store-port.ts";

/** What can be asked of all customers, or of the past, without holding up anybody who decides. */
export type PortfolioStore = {
  /**
   * The facts of up to `limit` complete companies after an id, in order, as they stand; with the signals of the last
   * decision where `withSignals` asks for them, else null. Nothing is locked.
   */
  readAfter(companyId: string, limit: number, context: PortfolioContext): Promise<PortfolioCompany[]>;
  /** The same of one company; null where it is not mirrored, or its records are not here yet. */
  readOne(companyId: string, context: PortfolioContext): Promise<PortfolioCompany | null>;
  /** The score of each name that stood for a company at an instant, with the signals that it was made from. */
  scoresAt(companyId: string, at: Date): Promise<StoodScore[]>;
};

export type PortfolioContext = {
  unreadable: ReadonlySet<ChildType>;
  linked: ReadonlySet<ChildType>;
  withSignals: boolean;
};
export type PortfolioCompany = { facts: Facts; before: Snapshot | null };
/** `at` is since when it stood. */
export type StoodScore = { name: string; at: Date; rulesetHash: string; score: Score; signals: Snapshot };
