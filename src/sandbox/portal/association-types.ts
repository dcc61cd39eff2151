import type { ObjectType } from "./object-types.ts";
import { objectTypes } from "./object-types.ts";

/** One direction of one kind of link. A primary one never stands alone: the unlabelled one comes with it. */
export type AssociationType = {
  typeId: number;
  from: ObjectType;
  to: ObjectType;
  primary: boolean;
  /** The same kind of link seen from the other end. */
  reverseTypeId: number;
};

const { company, contact, deal, feedback, invoice, subscription, task, ticket } = objectTypes;

/**
 * [from, to, type id, type id from the other end]; primary pairs apart. HubSpot's own ids, those of the SDK's
 * AssociationTypes and, for invoices, subscriptions and feedback, of the documentation:
 * https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
 */
const unlabelled: readonly [ObjectType, ObjectType, number, number][] = [
  [contact, company, 279, 280],
  [ticket, company, 339, 340],
  [deal, company, 341, 342],
  [invoice, company, 179, 180],
  [invoice, contact, 177, 178],
  [task, company, 192, 191],
  [task, contact, 204, 203],
  [task, deal, 216, 215],
  [task, ticket, 230, 229],
  [ticket, contact, 16, 15],
  [deal, contact, 3, 4],
  [deal, ticket, 27, 28],
  [feedback, company, 928, 929],
  [feedback, contact, 98, 97],
  [feedback, ticket, 100, 99],
  [subscription, company, 297, 298],
  [subscription, contact, 295, 296],
];

const primary: readonly [ObjectType, ObjectType, number, number][] = [
  [contact, company, 1, 2],
  [ticket, company, 26, 25],
  [deal, company, 5, 6],
];

const bothEnds = (rows: typeof unlabelled, isPrimary: boolean): AssociationType[] =>
  rows.flatMap(([from, to, typeId, reverseTypeId]) => [
    { typeId, from, to, primary: isPrimary, reverseTypeId },
    { typeId: reverseTypeId, from: to, to: from, primary: isPrimary, reverseTypeId: typeId },
  ]);

const all = [...bothEnds(unlabelled, false), ...bothEnds(primary, true)];
const pairKey = (from: ObjectType, to: ObjectType) => `${from.id}>${to.id}`;
const byId = new Map(all.map((type) => [type.typeId, type]));
const unlabelledByPair = new Map(
  all.filter((type) => !type.primary).map((type) => [pairKey(type.from, type.to), type]),
);
const primaryByPair = new Map(all.filter((type) => type.primary).map((type) => [pairKey(type.from, type.to), type]));

export function findAssociationType(typeId: number): AssociationType | undefined {
  return byId.get(typeId);
}

/** The plain link between two types of object, or undefined where HubSpot has none (or the sandbox knows none). */
export function findUnlabelledType(from: ObjectType, to: ObjectType): AssociationType | undefined {
  return unlabelledByPair.get(pairKey(from, to));
}

export function findPrimaryType(from: ObjectType, to: ObjectType): AssociationType | undefined {
  return primaryByPair.get(pairKey(from, to));
}

/** The name that inline associations of a read carry: `ticket_to_company`, and with `_unlabeled` where a primary exists. */
export function nameAssociation(type: AssociationType): string {
  const name = `${type.from.singular}_to_${type.to.singular}`;
  return !type.primary && findPrimaryType(type.from, type.to) ? `${name}_unlabeled` : name;
}
