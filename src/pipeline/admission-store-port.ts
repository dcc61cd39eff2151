import type { Priority } from "./store-port.ts";

/** Lets tasks through whose plays make only so many in a week, or by turns. */
export type AdmissionStore = {
  /**
   * Has waiting tasks of these plays made, those of the highest rank first: up to the weekly capacity (null: all) less
   * what was made since the week began, by turn or not. One of a customer whose `score`, the one that the play is about,
   * is not known goes on waiting. Where a team takes them in turn, the owner whose turn it is gets the task. Gives how
   * many were admitted.
   */
  admit(request: {
    plays: readonly { slug: string; score: string; weeklyCapacity: number | null }[];
    weekStart: Date;
    /** When a task is due that is made now. */
    dueAfter: (workingDays: number) => Date;
    priority: Priority;
    now: Date;
  }): Promise<number>;
};
