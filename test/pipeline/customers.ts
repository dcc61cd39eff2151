import type { FakeHubSpot } from "../fakes/fake-hubspot.ts";

type End = { type: "company" | "contact"; id: string; primary?: boolean };

export const company = (id: string): End => ({ type: "company", id, primary: true });
export const contact = (id: string): End => ({ type: "contact", id });

export function putCompany({ portal }: FakeHubSpot, id: string, more: Record<string, string | null> = {}): void {
  portal.put("company", id, { name: `Company ${id}`, lifecyclestage: "customer", seats: "90", ...more });
}

export function putUrgentTicket({ portal }: FakeHubSpot, id: string, ...links: End[]): void {
  portal.put("ticket", id, { hs_ticket_priority: "URGENT" }, links);
}
