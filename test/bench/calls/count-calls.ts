import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";

/** Calls by kind, as the sandbox counted them. */
export type CallCounts = Record<string, number>;

/** The calls since they were last forgotten. Reads of what properties were are a kind of their own. */
export function countCalls({ calls, requests }: Pick<Sandbox, "calls" | "requests">): CallCounts {
  const counts: CallCounts = { ...calls };
  const histories = requests(({ body }) => asksForHistory(body)).length;
  const reads = counts[HISTORY_READS];
  if (histories === 0 || reads === undefined) return counts;
  return { ...counts, [HISTORY_READS]: reads - histories, [HISTORIES]: histories };
}

export function sumOf(counts: CallCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The calls that bring the past of properties; all others. */
export function splitHistories(counts: CallCounts): { histories: number; others: CallCounts } {
  const { [HISTORIES]: histories = 0, ...others } = counts;
  return { histories, others };
}

const HISTORY_READS = "companies batch/read";
const HISTORIES = "companies batch/read with history";

function asksForHistory(body: unknown): boolean {
  if (typeof body !== "object" || body === null || !("propertiesWithHistory" in body)) return false;
  return Array.isArray(body.propertiesWithHistory) && body.propertiesWithHistory.length > 0;
}
