import type { FakeHubSpot } from "../../fakes/fake-hubspot.ts";
import { company, contact, putCompany, putUrgentTicket } from "../customers.ts";

/** Three customers with a few records each, among 450 companies and 600 tickets that are nobody's business. */
export function putFewCustomers(hubspot: FakeHubSpot): void {
  const { portal } = hubspot;
  for (let id = 2_000; id < 2_450; id += 1) putCompany(hubspot, String(id), { lifecyclestage: "lead" });
  for (let id = 6_000; id < 6_600; id += 1) putUrgentTicket(hubspot, String(id), company(String(id - 4_000)));
  for (const id of ["10", "11", "12"]) putCompany(hubspot, id);
  portal.put("contact", "501", {}, [company("11")]);
  portal.put("contact", "502", {}, [company("2000")]);
  for (const id of ["1", "2"]) putUrgentTicket(hubspot, id, company("10"));
  putUrgentTicket(hubspot, "3", contact("501"));
  putUrgentTicket(hubspot, "4", company("2001"), { type: "company", id: "10" });
  // Of several companies that know no primary one, a record belongs to the smallest.
  portal.put("invoice", "7", { hs_balance_due: "5" }, [
    { type: "company", id: "12" },
    { type: "company", id: "2000" },
  ]);
}
