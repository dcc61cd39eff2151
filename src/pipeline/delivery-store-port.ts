import type { NewTask } from "./hubspot-port.ts";

/**
 * A task on its way: `waiting` (decided, but its play makes only so many in a week, or by turns), `planned` (to be
 * made), `sending` (HubSpot may or may not have it), `open`, `updating` (open, and to be written anew), `taken` (a person
 * has touched it, so it is theirs), `closing`; ended as `closed` (by us), `done` (by a person, or deleted), `cancelled`
 * (before it was made) or `refused` (given up: HubSpot would not take it).
 */
export type TaskState =
  | "waiting"
  | "planned"
  | "sending"
  | "open"
  | "updating"
  | "taken"
  | "closing"
  | "closed"
  | "done"
  | "cancelled"
  | "refused";
export type OutboxTask = {
  state: TaskState;
  /** As it is to be. */
  task: NewTask;
  /** As HubSpot may have it, the last that was sent at the end: several while it is not known whether an update came. */
  sent: NewTask[];
  taskId: string | null;
  closingReason: string | null;
  sentAt: Date | null;
};
export type Delivery = {
  companyId: string;
  values: Record<string, string>;
  written: Record<string, string>;
  /** Only those that something is to be done about: planned, sending, updating, closing. */
  tasks: OutboxTask[];
};

export type DeliveryStore = {
  load(companyIds: readonly string[]): Promise<Delivery[]>;
  recordWritten(written: readonly { companyId: string; values: Record<string, string> }[]): Promise<void>;
  /**
   * The intent: once this has resolved, HubSpot may have the task whatever happens. Gives those that were still
   * `planned`, as they are to be sent; the others were cancelled, or are being sent by somebody else, and must not be
   * asked for.
   */
  recordSending(keys: readonly string[], now: Date): Promise<NewTask[]>;
  /** After a call whose outcome is not known: those that are on their way may have come to HubSpot until now. */
  recordUnclear(keys: readonly string[], now: Date): Promise<void>;
  /**
   * After the certainty that these companies do not have them at HubSpot. One whose company was merged into another
   * meanwhile may be on that one, and is still on its way.
   */
  recordNotSent(sought: readonly { key: string; companyId: string }[], now: Date): Promise<void>;
  /** Gives the keys of those that are to be closed now, or updated because they were decided anew on their way. */
  recordCreated(created: readonly { key: string; taskId: string }[], now: Date): Promise<string[]>;
  /** HubSpot did not take them this time; they are planned again, with its message. */
  recordRefused(refused: readonly { key: string; message: string }[], now: Date): Promise<void>;
  /** Those of a company that HubSpot refused when they were last asked for are not asked for again. */
  recordGivenUp(companyId: string, now: Date): Promise<void>;
  /** The intent to update, as `recordSending` is to create: gives those that are still to be, as they are to be sent. */
  recordUpdating(keys: readonly string[], now: Date): Promise<NewTask[]>;
  /** HubSpot has them as they were last sent; one that was decided anew meanwhile is updated again. */
  recordUpdated(keys: readonly string[], now: Date): Promise<void>;
  recordClosed(keys: readonly string[], now: Date): Promise<void>;
  /** What became of tasks in HubSpot: still as we wrote them, touched by a person, completed, or gone. */
  recordSeen(
    seen: readonly { key: string; state: Extract<TaskState, "open" | "taken" | "done"> }[],
    now: Date,
  ): Promise<void>;
  /** Tasks that HubSpot has and that are not ended, by HubSpot's id, or all of them in pages by key. */
  standing(by: { taskIds: readonly string[] } | { afterKey: string; limit: number }): Promise<OutboxTask[]>;
};
