import { setTimeout as pause } from "node:timers/promises";
import { createPortalPerson, type CrmRecord, type PortalPerson } from "./portal-person.ts";
import type { Demo } from "./start-demo.ts";

const WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 100;
const DAY_MS = 86_400_000;
/** HubSpot's ids of these associations: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
const TICKET_TO_COMPANY = 339;
const INVOICE_TO_COMPANY = 179;

const COMPANY = ["name", "hubspot_owner_id", "chs_health_score", "chs_health_band", "chs_health_reasons"];
const TASK = ["hs_task_subject", "hs_task_body", "hs_task_status", "hubspot_owner_id", "chs_key"];

/** The story did not go as it should; the message says where. */
export class StoryBroken extends Error {
  override readonly name = "StoryBroken";
}

/**
 * Breaks one healthy customer in the portal, watches the score fall and one task come, mends it again and watches it
 * recover; everything is read from the portal. Gives the figures in a line; throws `StoryBroken`.
 */
export async function tellStory({ sandbox }: Demo): Promise<string> {
  const person = createPortalPerson(sandbox.url, sandbox.personToken);
  const customer = await findHealthyCustomer(person);
  const { name, chs_health_score: before } = customer.properties;
  console.log(`\n${name} (company ${customer.id}) stands at ${before}.`);

  const brokenAt = performance.now();
  const trouble = await makeTrouble(person, customer.id);
  console.log("Three urgent tickets come in, and an invoice is 75 days overdue ...");
  const fallen = await eventually(`${name} enters at_risk`, async () => {
    const company = await person.read("companies", customer.id, COMPANY);
    return company.properties.chs_health_band === "at_risk" ? company : null;
  });
  const task = await eventually(`${name} has one open task of ours`, async () => {
    const [task, ...more] = await tasksOfOurs(person, customer.id);
    if (more.length > 0) throw new StoryBroken(`${more.length + 1} tasks of ours on ${name}, expected one`);
    return task?.properties.hs_task_status === "NOT_STARTED" ? task : null;
  });
  const fellInMs = performance.now() - brokenAt;
  checkTask(task, fallen);
  console.log(`  score ${before} -> ${fallen.properties.chs_health_score}, band at_risk`);
  console.log(`  task "${task.properties.hs_task_subject}" for owner ${task.properties.hubspot_owner_id}`);
  for (const reason of reasonsOf(fallen)) console.log(`    ${reason}`);

  const mendedAt = performance.now();
  await mend(person, trouble);
  console.log("The tickets are solved, and the invoice is paid ...");
  const recovered = await eventually(`${name} leaves at_risk`, async () => {
    const company = await person.read("companies", customer.id, COMPANY);
    return company.properties.chs_health_band === "at_risk" ? null : company;
  });
  const closed = await eventually(`the task on ${name} is closed`, async () => {
    const closed = await person.read("tasks", task.id, TASK);
    return closed.properties.hs_task_status === "COMPLETED" ? closed : null;
  });
  const recoveredInMs = performance.now() - mendedAt;
  console.log(`  score ${recovered.properties.chs_health_score}, band ${recovered.properties.chs_health_band}`);
  console.log(`  task ${closed.properties.hs_task_status}: ${lastLine(closed.properties.hs_task_body)}`);

  const tasks = await person.search(
    "tasks",
    [{ propertyName: "chs_key", operator: "HAS_PROPERTY" }],
    "hs_object_id",
    TASK,
  );
  const ours = tasks.filter(({ properties }) => isOfStory(properties.chs_key));
  const done = ours.filter(({ properties }) => properties.hs_task_status === "COMPLETED").length;
  console.log(`  tasks of this play in the portal: ${ours.length}, ${done} of them completed\n`);
  const scores = [before, fallen.properties.chs_health_score, recovered.properties.chs_health_score].join(" -> ");
  return `score ${scores}; down in ${seconds(fellInMs)}, up in ${seconds(recoveredInMs)}; tasks ${ours.length}, completed ${done}`;
}

async function findHealthyCustomer(person: PortalPerson): Promise<CrmRecord> {
  const healthy = await person.search(
    "companies",
    [
      { propertyName: "chs_health_band", operator: "EQ", value: "healthy" },
      { propertyName: "hubspot_owner_id", operator: "HAS_PROPERTY" },
    ],
    "-chs_health_score",
    COMPANY,
  );
  for (const company of healthy) {
    if ((await tasksOfOurs(person, company.id)).length === 0) return company;
  }
  throw new StoryBroken(
    `each of the ${healthy.length} healthy customers has had a task: start over with another folder`,
  );
}

async function tasksOfOurs(person: PortalPerson, companyId: string): Promise<CrmRecord[]> {
  return (await person.tasksOf(companyId, TASK)).filter(({ properties }) => isOfStory(properties.chs_key));
}

/** Other plays make tasks of the same portfolio: invoices fall due, renewals come near. */
function isOfStory(key: string | null | undefined): boolean {
  return key?.startsWith("at-risk-follow-up-") === true;
}

type Trouble = { ticketIds: string[]; invoiceId: string };

async function makeTrouble(person: PortalPerson, companyId: string): Promise<Trouble> {
  const ticketIds: string[] = [];
  for (const subject of ["Nobody can log in", "Exports are empty", "The API answers 500"]) {
    const properties = { subject, hs_pipeline: "0", hs_pipeline_stage: "1", hs_ticket_priority: "URGENT" };
    ticketIds.push(await person.create("tickets", properties, companyId, TICKET_TO_COMPANY));
  }
  const invoice = {
    hs_title: "Annual licence",
    hs_invoice_status: "open",
    hs_invoice_date: daysAgo(105),
    hs_due_date: daysAgo(75),
    hs_amount_billed: "48000",
    hs_balance_due: "48000",
    hs_currency: "NOK",
  };
  return { ticketIds, invoiceId: await person.create("invoices", invoice, companyId, INVOICE_TO_COMPANY) };
}

async function mend(person: PortalPerson, { ticketIds, invoiceId }: Trouble): Promise<void> {
  const closedNow = { hs_pipeline_stage: "4", closed_date: new Date().toISOString() };
  for (const id of ticketIds) await person.change("tickets", id, closedNow);
  const paid = { hs_invoice_status: "paid", hs_balance_due: "0", hs_payment_date: new Date().toISOString() };
  await person.change("invoices", invoiceId, paid);
}

function checkTask({ properties }: CrmRecord, company: CrmRecord): void {
  const owner = company.properties.hubspot_owner_id;
  if (properties.hubspot_owner_id !== owner) {
    throw new StoryBroken(`the task went to owner ${properties.hubspot_owner_id}, the company's is ${owner}`);
  }
  const reasons = reasonsOf(company);
  if (reasons.length === 0) throw new StoryBroken("the company shows no reasons");
  const missing = reasons.filter((reason) => !properties.hs_task_body?.includes(reason));
  if (missing.length > 0) throw new StoryBroken(`the task's body lacks the reason "${missing.join('", "')}"`);
}

function reasonsOf(company: CrmRecord): string[] {
  return (company.properties.chs_health_reasons ?? "").split("\n").filter((line) => line !== "");
}

function lastLine(html: string | null | undefined): string {
  return html?.split("<br>").findLast((line) => line.trim() !== "") ?? "";
}

async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + WITHIN_MS;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > deadline) throw new StoryBroken(`waited ${WITHIN_MS / 1000} s in vain until ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
