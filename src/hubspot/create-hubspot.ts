import type { Log } from "../pipeline/log.ts";
import type { HubSpotPort } from "../pipeline/hubspot-port.ts";
import { systemClock, type Clock } from "./clock.ts";
import { addOptions } from "./add-options.ts";
import { closeTasks } from "./close-tasks.ts";
import { countRecords } from "./count-records.ts";
import { createClient } from "./create-client.ts";
import { createGovernor } from "./create-governor.ts";
import { createKeyProperty } from "./create-key-property.ts";
import { createProperties, ensurePropertyGroup } from "./create-properties.ts";
import { createRepeat } from "./create-repeat.ts";
import { createTasks } from "./create-tasks.ts";
import { createTransport } from "./create-transport.ts";
import { listRecords } from "./list-records.ts";
import { readAccount } from "./read-account.ts";
import { readHistory } from "./read-history.ts";
import { readLinks } from "./read-links.ts";
import { readOwners } from "./read-owners.ts";
import { readPropertyDefinitions } from "./read-property-definitions.ts";
import { readRecords } from "./read-records.ts";
import { findTasks, readTasks } from "./read-tasks.ts";
import { readTicketStages } from "./read-ticket-stages.ts";
import { searchModified } from "./search-modified.ts";
import { updateRecords } from "./update-records.ts";
import { updateTasks } from "./update-tasks.ts";

export type HubSpotSettings = {
  /** The private app's token. It is sent to `baseUrl` only, and never logged. */
  accessToken: string;
  /** Without a slash at its end; HubSpot's own when it is left out. */
  baseUrl?: string;
  log: Pick<Log, "debug" | "warn">;
  /** For one call, from sending to the last byte of the answer. */
  timeoutMs?: number;
  /** Never more calls than this in ten seconds, however many HubSpot allows; where several processes share one app. */
  limitPer10s?: number;
  clock?: Clock;
  /** 0 to below 1, for the jitter of the retries. */
  random?: () => number;
};

/** The portal behind a private app's token, over HTTP. Nothing is sent before the first method is called. */
export function createHubSpot(settings: HubSpotSettings): HubSpotPort {
  const { accessToken, log, limitPer10s } = settings;
  const { baseUrl = "https://api.hubapi.com", timeoutMs = 20_000 } = settings;
  const { clock = systemClock, random = Math.random } = settings;
  const governor = createGovernor({ clock, ...(limitPer10s === undefined ? {} : { limitPer10s }) });
  const transport = createTransport({ accessToken, timeoutMs, governor, log });
  const client = createClient({ baseUrl, transport, repeat: createRepeat({ clock, random }) });
  const keyProperty = createKeyProperty(client);

  return {
    readAccount: () => readAccount(client),
    readOwners: () => readOwners(client),
    readTicketStages: () => readTicketStages(client),

    readPropertyDefinitions: (type) => readPropertyDefinitions(client, type),
    ensurePropertyGroup: (type, group) => ensurePropertyGroup(client, type, group),
    async createProperties(type, definitions) {
      await createProperties(client, type, definitions);
      if (type === "task") keyProperty.forget();
    },
    addOptions: (type, name, options) => addOptions(client, type, name, options),

    listRecords: (request) => listRecords(client, request),
    countRecords: (type) => countRecords(client, type),
    searchModified: (request) => searchModified(client, request),
    readRecords: (type, ids, properties) => readRecords(client, type, ids, properties),
    readHistory: (type, ids, properties) => readHistory(client, type, ids, properties),
    readLinks: (from, to, ids) => readLinks(client, from, to, ids),

    updateCompanies: (updates) => updateRecords(client, "company", updates),

    createTasks: (tasks) => createTasks(client, keyProperty, tasks),
    findTasks: (companyIds) => findTasks(client, companyIds),
    readTasks: (ids) => readTasks(client, ids),
    updateTasks: (updates) => updateTasks(client, updates),
    closeTasks: (closings) => closeTasks(client, closings),
  };
}
