/**
 * What a sync costs in HubSpot calls, by the sizes of HubSpot's pages: lists and reads by id show 100 records a call,
 * searches 200, and the links of 1,000 records come in one.
 * https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
const RECORDS_PER_CALL = 100;
const FOUND_PER_CALL = 200;
const LINKED_PER_CALL = 1_000;

const calls = (records: number, perCall: number) => Math.ceil(records / perCall);

/** A whole type with its links; even an empty type takes a call. */
export function callsToList(total: number): number {
  return Math.max(1, calls(total, RECORDS_PER_CALL));
}

export type Finding = {
  /** The customers that the search finds, and the companies that are read by id afterwards. */
  customers: number;
  rereads: number;
  /** Whether what was modified is searched before. */
  hasChanges: boolean;
};

/** The customers by search; it takes a call even where it finds none, and so does what was modified. */
export function callsToFind({ customers, rereads, hasChanges }: Finding): number {
  return (hasChanges ? 1 : 0) + Math.max(1, calls(customers, FOUND_PER_CALL)) + calls(rereads, RECORDS_PER_CALL);
}

/** What is mirrored of a type, by id, and of a child its links; then what was modified since, one call at least. */
export function callsToReread(mirrored: number, isChild: boolean): number {
  return 1 + calls(mirrored, RECORDS_PER_CALL) + (isChild ? calls(mirrored, LINKED_PER_CALL) : 0);
}

export type Following = {
  /** The companies whose records are wanted, and all of the portal. */
  companies: number;
  allCompanies: number;
  /** All records of the type, and all contacts. */
  total: number;
  allContacts: number;
  isContact: boolean;
};

/**
 * The records of one type that belong to some companies: the links of the companies and of their contacts, then the
 * records by id and whose they are. How many these are is told only by the links, so every company is taken to have as
 * many as the others.
 */
export function callsToFollow(following: Following): number {
  const { companies, allCompanies, total, allContacts, isContact } = following;
  const share = allCompanies === 0 ? 1 : Math.min(1, companies / allCompanies);
  const records = Math.ceil(total * share);
  return callsForLinks({ companies, contacts: isContact ? 0 : Math.ceil(allContacts * share) }) + callsToRead(records);
}

/** Records by id, and the links that tell whose they are. */
function callsToRead(records: number): number {
  return calls(records, RECORDS_PER_CALL) + calls(records, LINKED_PER_CALL);
}

/** The links to records of one type. */
export function callsForLinks({ companies, contacts }: { companies: number; contacts: number }): number {
  return calls(companies, LINKED_PER_CALL) + calls(contacts, LINKED_PER_CALL);
}

/** The plan of the fewest calls; of equal ones the first. */
export function choosePlan<Plan>(first: readonly [Plan, number], second: readonly [Plan, number]): Plan {
  return second[1] < first[1] ? second[0] : first[0];
}
