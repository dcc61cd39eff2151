import { objectTypes } from "../../../src/sandbox/portal/object-types.ts";
import type { Portal } from "../../../src/sandbox/portal/portal.ts";
import { updateRecord } from "../../../src/sandbox/portal/write-record.ts";
import type { FilledPortal } from "./fill-portal.ts";

/** One change of a ticket by a colleague: one webhook event. */
export type Press = { companyId: string; ticketId: string; pressure: number };

/** How often each ticket is changed. */
const WAVES = 10;

/**
 * `events` changes over a tenth as many tickets, wave by wave. Each puts a ticket under more pressure than the one
 * before, so that each changes what is to be written for its company.
 */
export function listPresses({ customers, ticketsOf }: FilledPortal, events: number): Press[] {
  const count = events / WAVES;
  const mostCompanies = (count * 6) / 10;
  const withTickets = customers.filter((id) => (ticketsOf.get(id)?.length ?? 0) > 1).slice(0, mostCompanies);
  const tickets: Omit<Press, "pressure">[] = [];
  for (let turn = 0; tickets.length < count; turn += 1) {
    for (const companyId of withTickets) {
      const ticketId = ticketsOf.get(companyId)?.[turn];
      if (ticketId !== undefined && tickets.length < count) tickets.push({ companyId, ticketId });
    }
  }
  return Array.from({ length: WAVES }, (_, wave) =>
    tickets.map((ticket) => ({ ...ticket, pressure: ((wave + 1) * 100) / WAVES })),
  ).flat();
}

export function pressTicket(portal: Portal, { ticketId, pressure }: Press): void {
  const record = portal.records.findLive(objectTypes.ticket, ticketId);
  if (!record) throw new Error(`no ticket ${ticketId}`);
  const author = { at: portal.clock.now(), changeSource: "CRM_UI", sourceId: "userId:61000101" };
  updateRecord(portal, record, { pressure: String(pressure) }, author);
}
