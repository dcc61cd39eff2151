import { z } from "zod";

/** Something already decided that will happen: a ticket will be closed, an invoice paid. */
export const Appointment = z.object({
  at: z.number(),
  what: z.enum(["close ticket", "pay invoice"]),
  id: z.string(),
});
export type Appointment = z.infer<typeof Appointment>;

/** One played customer: what its records do not say but the next days need. Instants are milliseconds. */
export const Life = z.object({
  index: z.number().int(),
  companyId: z.string(),
  contactIds: z.array(z.string()),
  story: z.string(),
  startsAt: z.number(),
  turnsAt: z.number(),
  nextInvoiceAt: z.number(),
  invoiceMonths: z.union([z.literal(1), z.literal(3)]),
  termDays: z.number(),
  invoicesIssued: z.number().int(),
  currency: z.enum(["NOK", "DKK"]),
  /** How large it is beside others: multiplies sessions, tickets and revenue. */
  size: z.number(),
  /** How much of its story's product use it shows, 0.5 to 1: no two customers of a story are alike. */
  zest: z.number(),
  /** Sessions of each of the last 30 days, the latest last. */
  sessions: z.array(z.number().int()),
  appointments: z.array(Appointment),
});
export type Life = z.infer<typeof Life>;
