import { objectTypes } from "../portal/object-types.ts";
import { createRecord, updateRecord } from "../portal/write-record.ts";
import { colleague, type Day, HOUR_MS, iso, officeHour } from "./day.ts";
import { giveFeedback } from "./play-voice.ts";
import { onboarding } from "./stories/onboarding.ts";
import { draw } from "./story.ts";

const PRIMARY_COMPANY_OF_TICKET = 26;
const CONTACT_OF_TICKET = 16;
/** Where tickets go: newcomers have a pipeline of their own, whose closed stage has another id. */
const supportDesk = { pipeline: "0", open: "1", closed: "4" };
const onboardingDesk = { pipeline: "84512077", open: "160398212", closed: "160398213" };
const SURVEY_ANSWERED = 0.35;

const subjects = [
  ["PRODUCT_ISSUE", "Kan ikke logge inn"],
  ["PRODUCT_ISSUE", "Rapporten viser feil tall"],
  ["PRODUCT_ISSUE", "Eksport virker ikke"],
  ["BILLING_ISSUE", "Spørgsmål til faktura"],
  ["FEATURE_REQUEST", "Wish: export to spreadsheet"],
  ["GENERAL_INQUIRY", "How do I add a user?"],
  ["GENERAL_INQUIRY", "Hvordan ændrer vi vores plan?"],
] as const;

export function openTickets(day: Day): void {
  const { random, story, life, turned } = day;
  const perDay = (story.ticketsPerMonth(turned) / 21) * Math.sqrt(life.size);
  if (!day.isWorkday || !random.chance(perDay)) return;
  const at = officeHour(day);
  const [hs_ticket_category, subject] = random.pick(subjects);
  const isUrgent = random.chance(story.urgentShare);
  const hs_ticket_priority = isUrgent ? random.pick(["HIGH", "URGENT"]) : random.pick(["LOW", "MEDIUM"]);
  const desk = story === onboarding ? onboardingDesk : supportDesk;
  const links = [
    { to: { type: objectTypes.company, id: life.companyId }, typeIds: [PRIMARY_COMPANY_OF_TICKET] },
    ...life.contactIds
      .slice(0, 1)
      .map((id) => ({ to: { type: objectTypes.contact, id }, typeIds: [CONTACT_OF_TICKET] })),
  ];
  const ticket = createRecord(
    day.portal,
    objectTypes.ticket,
    {
      subject,
      hs_ticket_category,
      hs_ticket_priority,
      hs_pipeline: desk.pipeline,
      hs_pipeline_stage: desk.open,
      source_type: "EMAIL",
    },
    colleague(at),
    links,
  );
  const closesAt = at + draw(random, story.hoursToClose) * HOUR_MS;
  life.appointments.push({ at: closesAt, what: "close ticket", id: ticket.id });
}

export function closeTicket(day: Day, ticketId: string, at: number): void {
  const ticket = day.portal.records.findLive(objectTypes.ticket, ticketId);
  if (!ticket || ticket.properties["closed_date"] !== undefined) return;
  const desk = ticket.properties["hs_pipeline"] === onboardingDesk.pipeline ? onboardingDesk : supportDesk;
  const repliedAt = ticket.createdAt + Math.floor((at - ticket.createdAt) / 4);
  const values = {
    hs_pipeline_stage: desk.closed,
    first_agent_reply_date: iso(repliedAt),
    time_to_first_agent_reply: String(repliedAt - ticket.createdAt),
  };
  updateRecord(day.portal, ticket, values, colleague(at));
  if (!day.random.chance(SURVEY_ANSWERED)) return;
  const isKind = day.random.chance(day.story.kindness(day.turned));
  giveFeedback(day, { type: "CSAT", value: isKind ? 5 : 2, sentiment: isKind ? "POSITIVE" : "NEGATIVE", ticketId }, at);
}
