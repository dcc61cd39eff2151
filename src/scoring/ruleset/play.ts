import type { Duration } from "../time/duration.ts";
import type { Condition } from "./field-test.ts";

/** What a transition or a fact calls for. */
export type Play = {
  name: string;
  /** The name in keys: lower-case letters, digits and hyphens, unique in the file. */
  slug: string;
  trigger: Trigger;
  /** What must hold as well, over signals, built-ins and scores (a score is compared by its band, or as a number). */
  conditions: Condition;
  /** After a task: so many points above the edge first, and not again within so long. */
  rearm: { aboveEdge: number; after: Duration | null };
  /** How many tasks of this play may be made in a week (Monday to Sunday); null: all. Filled by risk times value. */
  weeklyCapacity: number | null;
  task: TaskRules;
  /** The task is closed once all of this holds; null: it is left to people. */
  closeWhen: Condition | null;
};

export type Trigger =
  | { kind: "enters" | "leaves"; score: string; band: string }
  /** So many points under the highest standing of the last so long. */
  | { kind: "drops"; score: string; points: number; within: Duration }
  /**
   * A count of days (built-in, `days_since`, `days_until`, `days_overdue`) coming to a number fires once per day that it
   * counts from, at most `grace` late, and needs no earlier score; any other signal fires when it comes to the number
   * from below.
   */
  | { kind: "reaches"; signal: string; value: number; grace: Duration };

export type TaskRules = TaskSettings & {
  subject: string;
  body: string;
  /** The first that holds changes what it names, also of a task that stands: towards a renewal, for example. */
  escalations: readonly (Partial<TaskSettings> & { when: Condition })[];
};
export type TaskSettings = {
  owner: TaskOwner;
  dueWorkingDays: number;
  priority: "LOW" | "MEDIUM" | "HIGH";
  type: "TODO" | "CALL" | "EMAIL";
};
/** The owner of the company or of its first contact that has one, one person, or a team in turn. */
export type TaskOwner =
  | { kind: "company" }
  | { kind: "contact" }
  | { kind: "email"; email: string }
  | { kind: "team"; emails: readonly string[] };
