import type { Priority } from "./store-port.ts";

/**
 * What the use cases need of a HubSpot portal, told in this product's words. The adapter in `hubspot/` cuts calls into
 * HubSpot's batch sizes, drops doubled ids and keeps every id a string; callers may pass any number of ids.
 *
 * Every method may throw the errors of `hubspot-errors.ts` and no others of its own.
 */
export type HubSpotPort = {
  /** The same portal, whose calls wait for their turn behind those of a more urgent priority. */
  atPriority(priority: Priority): HubSpotPort;

  /** The portal behind the token. */
  readAccount(): Promise<Account>;
  /** The app behind the token, and what it may do. */
  readToken(): Promise<TokenDetails>;
  /** What all apps of the portal have called today, by HubSpot's own count. */
  readUsage(): Promise<DailyUsage>;
  /** Every owner, archived ones too unless only active ones are wanted. */
  readOwners(only?: "active"): Promise<Owner[]>;
  /** The stages of all ticket pipelines. */
  readTicketStages(): Promise<TicketStage[]>;

  /** Every property of a type, archived ones too (`archived`); a name that is both is given as it is now. */
  readPropertyDefinitions(type: RecordType): Promise<PropertyDefinition[]>;
  /** Makes the group where it is missing; one that exists is left as it is. */
  ensurePropertyGroup(type: RecordType, group: PropertyGroup): Promise<void>;
  /** Makes properties that do not exist yet; one that exists by now (409) counts as made. */
  createProperties(type: RecordType, definitions: NewProperty[]): Promise<void>;
  /**
   * Adds options to a choice property, after those that it has, which stay as they are; one whose value it has is left
   * out. HubSpot takes no label twice: a new option whose label is taken says its value too, as `Watch (watch_2)`.
   */
  addOptions(type: RecordType, name: string, options: readonly PropertyOption[]): Promise<void>;

  /** One page of all records of a type, with their links to `linksTo`, in order of id; `after` of the page before. */
  listRecords(request: ListRequest): Promise<ListPage>;
  /** How many records of a type (that pass the filters) there are; null where HubSpot will not search that type. */
  countRecords(type: RecordType, filters?: SearchFilters): Promise<RecordCount | null>;
  /**
   * One page of up to 200 records found by search: those modified at or after an instant in order of modification, or
   * those that pass filters in order of id. HubSpot's search shows at most 10,000 results of one query; the adapter goes
   * on past them by itself, so `after` is opaque. The search lags seconds behind the records, and calculated properties
   * may be missing: read them with `readRecords`.
   */
  searchRecords(request: SearchRequest): Promise<SearchPage>;
  /**
   * Records by id. Those that HubSpot does not show (deleted, or not there yet) are in `missing`; so is one that was
   * merged away, while the record that it went into is in `found`, under its own id.
   */
  readRecords(type: RecordType, ids: readonly string[], properties: readonly string[]): Promise<ReadRecords>;
  /**
   * What properties of records were, oldest first, as far back as HubSpot tells (20 values or so); a property that never
   * had a value has an empty past, and a record that is not there is absent from the map.
   */
  readHistory(type: RecordType, ids: readonly string[], properties: readonly string[]): Promise<Map<string, History>>;
  /** The links of records of one type to records of another; a record without links is absent from the map. */
  readLinks(from: RecordType, to: RecordType, ids: readonly string[]): Promise<Map<string, Linked[]>>;

  /** Writes company properties. A row that HubSpot refuses is returned, and the others are written all the same. */
  updateCompanies(updates: readonly RecordUpdate[]): Promise<UpdateOutcome>;

  /**
   * Creates tasks. Never repeated by the adapter: when the answer is unclear (timeout, lost connection, 5xx) it throws
   * `HubSpotUnavailable`, and the caller must look with `findTasks` before it asks again. With more than 100 tasks the
   * first hundreds may exist whatever is thrown. What is certain not to have been made (not sent, or turned away by a
   * limit or a lock) is told and not thrown; any other error than a plain `HubSpotUnavailable` (closed, unauthorized,
   * forbidden, refused) is thrown only where nothing was made at all.
   */
  createTasks(tasks: readonly NewTask[]): Promise<CreateOutcome>;
  /** Our tasks (those that carry one of our keys) on these companies, found by association, never by search. */
  findTasks(companyIds: readonly string[]): Promise<FoundTask[]>;
  /** Tasks by id; deleted ones are in `missing`. */
  readTasks(ids: readonly string[]): Promise<{ found: FoundTask[]; missing: string[] }>;
  /** Writes tasks anew, all but their key, status and company. May be repeated. A row that HubSpot refuses is returned. */
  updateTasks(updates: readonly TaskUpdate[]): Promise<UpdateOutcome>;
  /** Sets tasks to COMPLETED with a new body. A row that HubSpot refuses is returned. */
  closeTasks(closings: readonly TaskClosing[]): Promise<UpdateOutcome>;
};

/** The task property that carries our key; without it the key stands in the body's last line. */
export const TASK_KEY_PROPERTY = "chs_key";

/** The kinds of HubSpot records that this product reads. */
export type RecordType = "company" | "contact" | "ticket" | "invoice" | "deal" | "subscription" | "feedback" | "task";

/** `timeZone` as `Europe/Oslo`; `currency` as `NOK`. */
export type Account = { portalId: string; timeZone: string; currency: string };
export type TokenDetails = { portalId: string; appId: string; scopes: string[] };
export type DailyUsage = { limit: number; used: number; resetsAt: Date };
/** `id` is what goes into `hubspot_owner_id`; it is not the user id. */
export type Owner = { id: string; email: string; name: string; archived: boolean };
export type TicketStage = { pipelineId: string; stageId: string; closed: boolean };

/** `calculated`: HubSpot works it out (a roll-up); nothing tells of its changes, and a search may not know it. */
export type PropertyDefinition = {
  name: string;
  type: string;
  fieldType: string;
  archived: boolean;
  calculated: boolean;
  options: string[];
};
export type PropertyOption = { value: string; label: string };
export type PropertyGroup = { name: string; label: string };
export type NewProperty = {
  name: string;
  label: string;
  description: string;
  groupName: string;
  type: "string" | "number" | "datetime" | "enumeration";
  fieldType: "text" | "textarea" | "number" | "date" | "select";
  options?: PropertyOption[];
};

/** Values are as HubSpot sends them: text, or null where nothing is set. */
export type Properties = Record<string, string | null>;
/** `mergedIds`: of a company that came of a merge, the ids that it had before; empty for every other record. */
export type PortalRecord = { id: string; properties: Properties; modifiedAt: Date; mergedIds: string[] };
/** By property: from when on it had which value. */
export type History = Record<string, { at: Date; value: string | null }[]>;
export type Linked = { toId: string; primary: boolean };
export type ListRequest = {
  type: RecordType;
  properties: readonly string[];
  linksTo: readonly RecordType[];
  after?: string;
};
export type ListedRecord = PortalRecord & { links: { toType: RecordType; toId: string; primary: boolean }[] };
export type ListPage = { records: ListedRecord[]; after?: string };
/** `latest`: the last modification of any of them, by HubSpot's clock; null where there are none. */
export type RecordCount = { total: number; latest: Date | null };
/** A record passes that passes every filter of any group. Values are as HubSpot writes them. */
export type SearchFilters = readonly (readonly SearchFilter[])[];
export type SearchFilter = { property: string } & (
  | { operator: "in"; values: readonly string[] }
  | { operator: "known" | "unknown" }
  | { operator: "over" | "under" | "at_least" | "at_most"; value: string }
);
export type SearchRequest = {
  type: RecordType;
  properties: readonly string[];
  where: { modifiedSince: Date } | { filters: SearchFilters };
  after?: string;
};
export type SearchPage = { records: PortalRecord[]; after?: string };
export type ReadRecords = { found: PortalRecord[]; missing: string[] };

export type RecordUpdate = { id: string; properties: Record<string, string> };
/** A row that HubSpot will not take however often it is sent; the correlation id is for HubSpot's support. */
export type Refusal = { id: string; message: string; correlationId: string | null };
/** `later`: the ids of rows that HubSpot could not write now, try after try, while it wrote others. */
export type UpdateOutcome = { updated: string[]; refused: Refusal[]; later: string[] };

type TaskPriority = "LOW" | "MEDIUM" | "HIGH";
type TaskType = "TODO" | "CALL" | "EMAIL";
type TaskStatus = "NOT_STARTED" | "IN_PROGRESS" | "WAITING" | "COMPLETED" | "DEFERRED";
/**
 * `key` is ours, unique per task for ever, without white space, and travels on the task so that it can be found again.
 * `body` is plain lines.
 */
export type NewTask = {
  key: string;
  companyId: string;
  subject: string;
  body: string;
  dueAt: Date;
  ownerId: string | null;
  priority: TaskPriority;
  type: TaskType;
};
/**
 * `id` of a refusal is the company's. `notMade`: the keys of those that HubSpot did not make now, and may later;
 * `unclear`: of those that failed so that nobody knows whether they were made, to be looked for with `findTasks`.
 */
export type CreateOutcome = {
  created: { key: string; taskId: string }[];
  refused: (Refusal & { key: string })[];
  notMade: string[];
  unclear: string[];
};
export type FoundTask = {
  taskId: string;
  key: string | null;
  status: TaskStatus;
  subject: string;
  body: string;
  ownerId: string | null;
  dueAt: Date | null;
};
export type TaskUpdate = { taskId: string; task: NewTask };
export type TaskClosing = { taskId: string; body: string };
