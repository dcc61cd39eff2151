import type { Priority } from "./store-port.ts";

/**
 * Who a company is over time. A merge in HubSpot makes a record with a new id, and the old ids live on as aliases; a
 * person may ask that a contact be forgotten.
 */
export type IdentityStore = {
  /**
   * Makes one company of those that were merged into `id`, in one transaction. The one of them with the longest history
   * goes on under the new id, with its scores, history, records and tasks; of the others the tasks go over too, and where
   * a play then has two open ones, the older stays and the other is to be closed with `closingReason`. The old ids
   * become aliases. The company is marked with `priority`. Ids that are not mirrored are only remembered as aliases; a
   * merge that was made before changes nothing. Gives the ids that were mirrored until now.
   */
  merge(merge: CompanyMerge, now: Date): Promise<string[]>;
  /** The id that a company has now; the same id where it never was merged away. */
  currentId(companyId: string): Promise<string>;
  /**
   * Forgets contacts for good: their records, what their values gave in stored scores (`signals`: the names of the
   * signals over contacts) of the companies they belong to or are linked to, their work and what it failed of. The
   * companies are marked.
   */
  forgetContacts(ids: readonly string[], signals: readonly string[], priority: Priority, now: Date): Promise<void>;
};

export type CompanyMerge = { id: string; mergedIds: readonly string[]; closingReason: string; priority: Priority };
