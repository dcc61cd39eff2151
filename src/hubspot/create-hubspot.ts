import type { Log } from "../pipeline/log.ts";
import type { CallBudget } from "../pipeline/call-budget-port.ts";
import type { HubSpotPort } from "../pipeline/hubspot-port.ts";
import type { Priority } from "../pipeline/store-port.ts";
import { systemClock, type Clock } from "./clock.ts";
import { addOptions } from "./add-options.ts";
import { closeTasks } from "./close-tasks.ts";
import { countRecords } from "./count-records.ts";
import { createClient, type Client } from "./create-client.ts";
import { createGovernor } from "./create-governor.ts";
import { createKeyProperty } from "./create-key-property.ts";
import { createLocalBudget } from "./create-local-budget.ts";
import { createProperties, ensurePropertyGroup } from "./create-properties.ts";
import { createRepeat } from "./create-repeat.ts";
import { createTasks } from "./create-tasks.ts";
import { createToldBudget } from "./create-told-budget.ts";
import { createTransport, type CountCall } from "./create-transport.ts";
import { listRecords } from "./list-records.ts";
import { readAccount } from "./read-account.ts";
import { readHistory } from "./read-history.ts";
import { readLinks } from "./read-links.ts";
import { readOwners } from "./read-owners.ts";
import { readPropertyDefinitions } from "./read-property-definitions.ts";
import { readRecords } from "./read-records.ts";
import { findTasks, readTasks } from "./read-tasks.ts";
import { readTicketStages } from "./read-ticket-stages.ts";
import { readToken } from "./read-token.ts";
import { readUsage } from "./read-usage.ts";
import { searchRecords } from "./search-records.ts";
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
  /** The calls that may be made, shared with other processes; otherwise this one keeps its own count. */
  budget?: CallBudget;
  /** Percent of the day's calls that is left to the portal's other apps; 20. */
  dailyReserve?: number;
  /** By which the day ends. */
  now?: () => Date;
  countCall?: CountCall;
  clock?: Clock;
  /** 0 to below 1, for the jitter of the retries. */
  random?: () => number;
};

/** The portal, and `settled`: it resolves when the budget of calls knows of all that has ended. */
export type HubSpot = HubSpotPort & { settled(): Promise<void> };

/** The portal behind a private app's token, over HTTP. Nothing is sent before the first method is called. */
export function createHubSpot(settings: HubSpotSettings): HubSpot {
  const { accessToken, log, limitPer10s, dailyReserve = 20, countCall = () => undefined } = settings;
  const { baseUrl = "https://api.hubapi.com", timeoutMs = 20_000 } = settings;
  const { clock = systemClock, random = Math.random, now = () => new Date() } = settings;
  const { budget, told } = createToldBudget(settings.budget ?? createLocalBudget({ clock }));
  const limits = limitPer10s === undefined ? {} : { limitPer10s };
  const governor = createGovernor({ budget, clock, now, dailyReserve, log, ...limits });
  const repeat = createRepeat({ clock, random });
  const clientAt = (priority: Priority) => {
    const transport = createTransport({ accessToken, timeoutMs, governor, priority, countCall, log });
    return createClient({ baseUrl, transport, repeat });
  };
  const clients = { webhook: clientAt("webhook"), sweep: clientAt("sweep") };
  const keyProperty = createKeyProperty(clients.webhook);

  const portalAt = (client: Client): HubSpotPort => ({
    atPriority: (priority) => portals[priority],

    async readAccount() {
      const account = await readAccount(client);
      governor.day.learnZone(account.timeZone);
      return account;
    },
    readToken: () => readToken(client, accessToken),
    async readUsage() {
      const usage = await readUsage(client);
      governor.day.learn({ limit: usage.limit, remaining: usage.limit - usage.used });
      return usage;
    },
    readOwners: (only) => readOwners(client, only),
    readTicketStages: () => readTicketStages(client),

    readPropertyDefinitions: (type) => readPropertyDefinitions(client, type),
    ensurePropertyGroup: (type, group) => ensurePropertyGroup(client, type, group),
    async createProperties(type, definitions) {
      await createProperties(client, type, definitions);
      if (type === "task") keyProperty.forget();
    },
    addOptions: (type, name, options) => addOptions(client, type, name, options),

    listRecords: (request) => listRecords(client, request),
    countRecords: (type, filters = []) => countRecords(client, type, filters),
    searchRecords: (request) => searchRecords(client, request),
    readRecords: (type, ids, properties) => readRecords(client, type, ids, properties),
    readHistory: (type, ids, properties) => readHistory(client, type, ids, properties),
    readLinks: (from, to, ids) => readLinks(client, from, to, ids),

    updateCompanies: (updates) => updateRecords(client, "company", updates),

    createTasks: (tasks) => createTasks(client, keyProperty, tasks),
    findTasks: (companyIds) => findTasks(client, companyIds),
    readTasks: (ids) => readTasks(client, ids),
    updateTasks: (updates) => updateTasks(client, updates),
    closeTasks: (closings) => closeTasks(client, closings),
  });
  const portals = { webhook: portalAt(clients.webhook), sweep: portalAt(clients.sweep) };
  return { ...portals.webhook, settled: told };
}
