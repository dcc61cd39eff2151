import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import type { FilledPortal } from "./fill-portal.ts";
import type { Press } from "./press-tickets.ts";

/** How long it took, ms, from each change of a ticket to the writing of a score that knows of it. */
export type FreshnessWatch = {
  noteChange(press: Press): void;
  /** Changes that no written score knows of yet. */
  readonly pending: number;
  percentile(share: number): number;
};

/** What the rules write for the dimension that pressure alone makes up. */
const PROPERTY = /pressure$/;
/** The written sub-score is a whole number. */
const ROUNDING = 0.5;

/**
 * Pressure only grows, so a written sub-score knows of every change after which it would have been higher: a score that
 * was under way when a ticket changed is not taken for one that knows of it.
 */
export function watchFreshness(
  { portal, appId }: Pick<Sandbox, "portal" | "appId">,
  { ticketsOf }: Pick<FilledPortal, "ticketsOf">,
): FreshnessWatch {
  const pressures = new Map<string, number>();
  const pending = new Map<string, { at: number; subScore: number }[]>();
  const taken: number[] = [];
  portal.listen((change) => {
    if (change.kind !== "propertyChange" || change.author.sourceId !== String(appId)) return;
    const { record, names } = change;
    const name = names.find((candidate) => PROPERTY.test(candidate));
    const waiting = pending.get(record.id);
    if (name === undefined || waiting === undefined) return;
    const written = Number(record.properties[name]);
    const now = performance.now();
    const isKnown = ({ subScore }: { subScore: number }) => written <= subScore + ROUNDING;
    taken.push(...waiting.filter(isKnown).map(({ at }) => now - at));
    pending.set(
      record.id,
      waiting.filter((waits) => !isKnown(waits)),
    );
  });
  return {
    noteChange({ companyId, ticketId, pressure }) {
      pressures.set(ticketId, pressure);
      const tickets = ticketsOf.get(companyId) ?? [];
      const sum = tickets.reduce((total, id) => total + (pressures.get(id) ?? 0), 0);
      const waiting = pending.get(companyId) ?? [];
      waiting.push({ at: performance.now(), subScore: 100 - sum / tickets.length });
      pending.set(companyId, waiting);
    },
    get pending() {
      return [...pending.values()].reduce((sum, waiting) => sum + waiting.length, 0);
    },
    percentile(share) {
      const sorted = taken.toSorted((a, b) => a - b);
      return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
    },
  };
}
