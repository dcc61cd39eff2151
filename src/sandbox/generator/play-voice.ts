import { type ObjectType, objectTypes } from "../portal/object-types.ts";
import { createRecord, updateRecord } from "../portal/write-record.ts";
import { colleague, type Day, iso, officeHour } from "./day.ts";
import { draw } from "./story.ts";

const NPS_EVERY_DAYS = 220;
const SENTIMENT_EVERY_DAYS = 15;
const COMPANY_OF_FEEDBACK = 928;
const CONTACT_OF_FEEDBACK = 98;
const TICKET_OF_FEEDBACK = 100;

/** What the customer says when asked, and what ours note about it. */
export function playVoice(day: Day): void {
  const { random, story, turned } = day;
  if (!day.isWorkday) return;
  for (const contactId of day.life.contactIds) if (random.chance(1 / NPS_EVERY_DAYS)) answerNps(day, contactId);
  if (random.chance(1 / SENTIMENT_EVERY_DAYS)) {
    const values = { hs_csm_sentiment: story.sentiment(turned) };
    if (day.company.properties["hs_csm_sentiment"] !== values.hs_csm_sentiment)
      updateRecord(day.portal, day.company, values, colleague(officeHour(day)));
  }
  if (random.chance(1 / story.contactedEveryDays)) holdConversation(day);
}

/** A conversation leaves no record here; it shows in the company's roll-ups, which move no last-modified date. */
function holdConversation(day: Day): void {
  const at = iso(officeHour(day));
  Object.assign(day.company.properties, { notes_last_contacted: at, notes_last_updated: at });
}

function answerNps(day: Day, contactId: string): void {
  const contact = day.portal.records.findLive(objectTypes.contact, contactId);
  if (!contact) return;
  const at = officeHour(day);
  const score = draw(day.random, day.story.nps(day.turned));
  updateRecord(day.portal, contact, { nps_score: String(score), nps_answered_at: iso(at) }, colleague(at));
  const sentiment = score >= 9 ? "POSITIVE" : score >= 7 ? "NEUTRAL" : "NEGATIVE";
  giveFeedback(day, { type: "NPS", value: score, sentiment, contactId }, at);
}

type Feedback = {
  type: "NPS" | "CSAT";
  value: number;
  sentiment: "POSITIVE" | "NEUTRAL" | "NEGATIVE";
  contactId?: string;
  ticketId?: string;
};

/** A survey's answer, linked to the company, and to the contact or the ticket it is about. */
export function giveFeedback(day: Day, feedback: Feedback, at: number): void {
  const contactId = feedback.contactId ?? day.life.contactIds[0];
  const groups = { POSITIVE: "PROMOTER", NEUTRAL: "PASSIVE", NEGATIVE: "DETRACTOR" };
  const values = {
    hs_survey_type: feedback.type,
    hs_survey_name: feedback.type === "NPS" ? "Kundeundersøkelse" : "Etter henvendelse",
    hs_value: String(feedback.value),
    hs_sentiment: feedback.sentiment,
    ...(feedback.type === "NPS" ? { hs_response_group: groups[feedback.sentiment] } : {}),
    hs_submission_timestamp: iso(at),
    ...(contactId ? { hs_contact_id: contactId } : {}),
  };
  const link = (type: ObjectType, id: string | undefined, typeId: number) =>
    id ? [{ to: { type, id }, typeIds: [typeId] }] : [];
  createRecord(day.portal, objectTypes.feedback, values, colleague(at), [
    ...link(objectTypes.company, day.life.companyId, COMPANY_OF_FEEDBACK),
    ...link(objectTypes.contact, contactId, CONTACT_OF_FEEDBACK),
    ...link(objectTypes.ticket, feedback.ticketId, TICKET_OF_FEEDBACK),
  ]);
}
