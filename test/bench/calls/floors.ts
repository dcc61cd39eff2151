/** How many records one call carries: https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
const LIST_PAGE = 100;
const BATCH = 100;
const SEARCH_PAGE = 200;
const LINK_BATCH = 1_000;
const HISTORY_BATCH = 50;
/** The account, the token, owners, stages, properties: what is asked once, however large the portal is. */
const ONCE = 30;

const calls = (count: number, perCall: number) => Math.ceil(count / perCall);

export type RecordTotals = { companies: number; contacts: number; tickets: number; invoices: number };

/** A first sync that lists whole types, with the links read inline from the child's side. */
export function firstSyncFloor(totals: RecordTotals, written: number, tasks: number): number {
  const pages = Object.values(totals).reduce((sum, total) => sum + calls(total, LIST_PAGE), 0);
  return pages + calls(written, BATCH) + calls(tasks, BATCH) + ONCE;
}

/** A first sync that finds the customers by search and follows their links. `totals` are the customers' own. */
export function followFloor(totals: RecordTotals, written: number): number {
  const { companies, ...children } = totals;
  const reads = Object.values(children).reduce((sum, total) => sum + calls(total, BATCH), 0);
  const links = Object.keys(children).length * calls(companies, LINK_BATCH);
  return calls(companies, SEARCH_PAGE) + links + reads + calls(written, BATCH);
}

export function historyFloor(companies: number): number {
  return calls(companies, HISTORY_BATCH);
}

/** `modified` are the records that a search since the watermark shows, with the companies that we wrote ourselves. */
export type Night = {
  modified: RecordTotals;
  customers: number;
  contactsOfCustomers: number;
  openTasks: number;
  written: number;
  tasksMade: number;
  tasksChanged: number;
};

/** The links of a seventh of the customers, from their side and from that of their contacts. */
export function seventhFloor({ customers, contactsOfCustomers }: Night): number {
  const fromCompanies = 3 * calls(customers / 7, LINK_BATCH);
  const fromContacts = 2 * calls(contactsOfCustomers / 7, LINK_BATCH);
  return fromCompanies + fromContacts;
}

/** What a night costs that reads what changed: pages of search, links of what changed, tasks, what is written. */
export function nightFloor(night: Night): number {
  const { contacts, tickets, invoices } = night.modified;
  const pages = Object.values(night.modified).reduce((sum, total) => sum + calls(total, SEARCH_PAGE), 0);
  // A contact belongs to companies, the others to companies and to contacts.
  const links = calls(contacts, LINK_BATCH) + 2 * (calls(tickets, LINK_BATCH) + calls(invoices, LINK_BATCH));
  const tasks = calls(night.openTasks, BATCH) + calls(night.tasksMade, BATCH) + calls(night.tasksChanged, BATCH);
  return pages + links + tasks + calls(night.written, BATCH) + seventhFloor(night);
}

/** Changed tickets, read once each however often they changed, and the companies that they belong to. */
export function eventsFloor(tickets: number, written: number): number {
  return calls(tickets, BATCH) + calls(tickets, LINK_BATCH) + calls(written, BATCH);
}

export function taskFloor(made: number, changed: number): number {
  return calls(made, BATCH) + calls(changed, BATCH);
}
