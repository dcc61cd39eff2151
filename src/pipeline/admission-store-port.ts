import type { Priority } from "./store-port.ts";

/** Lets tasks through whose plays make only so many in a week, or by turns. */
export type AdmissionStore = {
  /**
   * Has waiting tasks of these plays made, those of the highest rank first: up to the weekly capacity (null: all) less
   * what was admitted since the week began. Where a team takes them in turn, the owner whose turn it is gets the task.
   * Gives how many were admitted.
   */
  admit(request: {
    plays: readonly { slug: string; weeklyCapacity: number | null }[];
    weekStart: Date;
    priority: Priority;
    now: Date;
  }): Promise<number>;
};
