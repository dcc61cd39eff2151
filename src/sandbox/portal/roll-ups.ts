import { type ObjectType, objectTypes } from "./object-types.ts";
import type { Portal } from "./portal.ts";
import type { PortalRecord } from "./record-store.ts";
import { findPrimaryType } from "./association-types.ts";

type RollUp = (portal: Portal, record: PortalRecord) => string | null;

const { company, contact, deal, task } = objectTypes;
const CLOSED_TASK_STATUSES = ["COMPLETED", "DEFERRED"];

/** The live records of a type that are linked to this one. */
export function linkedRecords(portal: Portal, record: PortalRecord, type: ObjectType): PortalRecord[] {
  return [...portal.links.of(record, type).keys()].flatMap((id) => portal.records.findLive(type, id) ?? []);
}

const openTasks = (portal: Portal, record: PortalRecord) =>
  linkedRecords(portal, record, task).filter(
    ({ properties }) => !CLOSED_TASK_STATUSES.includes(properties["hs_task_status"] ?? ""),
  );

const openDeals = (portal: Portal, record: PortalRecord) =>
  linkedRecords(portal, record, deal).filter(({ properties }) => properties["hs_is_closed"] !== "true");

const latest = (instants: (string | undefined)[]) => instants.filter(isText).sort().at(-1) ?? null;
const earliest = (instants: (string | undefined)[]) => instants.filter(isText).sort().at(0) ?? null;
const isText = (text: string | undefined): text is string => text !== undefined;
const sumOfAmounts = (deals: PortalRecord[]) =>
  String(deals.reduce((sum, { properties }) => sum + Number(properties["amount"] ?? 0), 0));

/** The engagement dates that the portal's past brought are kept among the properties; tasks made since come on top. */
const lastNoteUpdate: RollUp = (portal, record) =>
  latest([
    record.properties["notes_last_updated"],
    ...linkedRecords(portal, record, task).map(({ createdAt }) => new Date(createdAt).toISOString()),
  ]);

const nextActivity: RollUp = (portal, record) => {
  const now = new Date(portal.clock.now()).toISOString();
  return earliest(
    openTasks(portal, record)
      .map(({ properties }) => properties["hs_timestamp"])
      .filter((due) => due !== undefined && due > now),
  );
};

const primaryCompany: RollUp = (portal, record) => {
  const primary = findPrimaryType(record.type, company)?.typeId;
  for (const [companyId, typeIds] of portal.links.of(record, company))
    if (typeIds.some((typeId) => typeId === primary)) return companyId;
  return null;
};

const rollUpsByType: Record<string, Record<string, RollUp>> = {
  [company.id]: {
    num_associated_contacts: (portal, record) => String(linkedRecords(portal, record, contact).length),
    num_associated_deals: (portal, record) => String(linkedRecords(portal, record, deal).length),
    hs_num_open_deals: (portal, record) => String(openDeals(portal, record).length),
    hs_total_deal_value: (portal, record) => sumOfAmounts(linkedRecords(portal, record, deal)),
    hs_last_open_task_date: (portal, record) =>
      latest(openTasks(portal, record).map(({ properties }) => properties["hs_timestamp"])),
    notes_last_updated: lastNoteUpdate,
    notes_next_activity_date: nextActivity,
  },
  [contact.id]: { associatedcompanyid: primaryCompany, notes_last_updated: lastNoteUpdate },
};

/** The function that computes this property at the moment of reading, or undefined where it is simply kept. */
export function findRollUp(type: ObjectType, name: string): RollUp | undefined {
  return rollUpsByType[type.id]?.[name];
}
