import * as associations from "@hubspot/api-client/lib/codegen/crm/associations/v4/index.js";
import * as objects from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import * as owners from "@hubspot/api-client/lib/codegen/crm/owners/index.js";
import * as pipelines from "@hubspot/api-client/lib/codegen/crm/pipelines/index.js";
import * as properties from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import { z } from "zod";
import { HubSpotError, HubSpotRefused, HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import { currentPath } from "./api-paths.ts";
import type { Repeat } from "./create-repeat.ts";
import type { Transport } from "./create-transport.ts";

const MOST_PLACES = 3;

/** The SDK's methods that are used, spoken over our transport, and the two ways to call them. */
export type Client = {
  pages: objects.BasicApi;
  batches: objects.BatchApi;
  searches: objects.SearchApi;
  links: associations.BatchApi;
  properties: properties.CoreApi;
  propertyBatches: properties.BatchApi;
  groups: properties.GroupsApi;
  pipelines: pipelines.PipelinesApi;
  owners: owners.OwnersApi;
  /** For paths that the SDK has no method for. */
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;

  /** Sends once and parses the answer; for what must not be done twice. `call` names it in an error. */
  once<T>(call: string, answer: z.ZodType<T>, send: () => Promise<unknown>): Promise<T>;
  /**
   * The same for reads and for writes that may be done twice: sent again while HubSpot is unavailable, also where `check`
   * says so of an answer by throwing `HubSpotUnavailable`.
   */
  repeat<T>(call: string, answer: z.ZodType<T>, send: () => Promise<unknown>, check?: (answer: T) => void): Promise<T>;
};

/**
 * Takes the SDK's generated APIs, not its `Client`: that one loads a retry and a limiter that are one for the whole
 * process, and takes no HTTP library. (The `httpApi` of a single call's options is ignored by 14.0.1.)
 */
export function createClient(settings: { baseUrl: string; transport: Transport; repeat: Repeat }): Client {
  const { baseUrl, transport, repeat } = settings;
  const configure = createConfigure(baseUrl, transport);
  const ofObjects = configure(objects);
  const ofProperties = configure(properties);

  return {
    pages: new objects.BasicApi(ofObjects),
    batches: new objects.BatchApi(ofObjects),
    searches: new objects.SearchApi(ofObjects),
    links: new associations.BatchApi(configure(associations)),
    properties: new properties.CoreApi(ofProperties),
    propertyBatches: new properties.BatchApi(ofProperties),
    groups: new properties.GroupsApi(ofProperties),
    pipelines: new pipelines.PipelinesApi(configure(pipelines)),
    owners: new owners.OwnersApi(configure(owners)),
    async get(path) {
      const { text } = await transport({ method: "GET", url: baseUrl + path, headers: { accept: "application/json" } });
      return parseJson(text);
    },
    async post(path, body) {
      const headers = { accept: "application/json", "content-type": "application/json" };
      const request = { method: "POST", url: baseUrl + path, headers, body: JSON.stringify(body) };
      return parseJson((await transport(request)).text);
    },
    once: understand,
    repeat: (call, answer, send, check) =>
      repeat(async () => {
        const understood = await understand(call, answer, send);
        check?.(understood);
        return understood;
      }),
  };
}

/** Each part of the SDK brings the same classes again; what they have in common. */
type SdkPart<Server, Library, Configuration> = {
  ServerConfiguration: new (url: string, variables: Record<string, string>) => Server;
  wrapHttpLibrary: (library: SdkLibrary) => Library;
  createConfiguration: (parts: { baseServer: Server; httpApi: Library }) => Configuration;
};
type SdkRequest = Pick<objects.RequestContext, "getUrl" | "getHeaders" | "getBody"> & { getHttpMethod(): string };
type SdkLibrary = { send(request: SdkRequest): Promise<objects.ResponseContext> };

function createConfigure(baseUrl: string, transport: Transport) {
  const library: SdkLibrary = {
    async send(request) {
      const body = request.getBody();
      const { status, headers, text } = await transport({
        method: request.getHttpMethod(),
        url: toCurrentUrl(request.getUrl()),
        headers: request.getHeaders(),
        body: typeof body === "string" ? body : undefined,
      });
      const asBody = { text: () => Promise.resolve(text), binary: () => Promise.resolve(Buffer.from(text)) };
      return new objects.ResponseContext(status, headers, asBody);
    },
  };
  return <Server, Library, Configuration>(part: SdkPart<Server, Library, Configuration>): Configuration =>
    part.createConfiguration({
      baseServer: new part.ServerConfiguration(baseUrl, {}),
      httpApi: part.wrapHttpLibrary(library),
    });
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

function toCurrentUrl(sdkUrl: string): string {
  const url = new URL(sdkUrl);
  url.pathname = currentPath(url.pathname);
  return url.href;
}

/**
 * An answer that cannot be read (a proxy's page, a cut body) counts as none: whether the deed was done is unclear. A
 * single row of a read that cannot be read is refused: it will be no other the next time, and its neighbours can be.
 */
async function understand<T>(call: string, answer: z.ZodType<T>, send: () => Promise<unknown>): Promise<T> {
  try {
    return answer.parse(await send());
  } catch (cause) {
    if (cause instanceof HubSpotError) throw cause;
    const details = { call, correlationId: null, cause };
    if (cause instanceof z.ZodError && cause.issues.every(isOfRow)) {
      const places = cause.issues.map(({ path }) => path.join(".")).slice(0, MOST_PLACES);
      const message = `${call} was answered with rows that cannot be read, at ${places.join(", ")}`;
      throw new HubSpotRefused(message, { ...details, status: 200, category: null });
    }
    const message = `${call} had an answer that cannot be read`;
    throw new HubSpotUnavailable(message, { ...details, status: null, retryAfterMs: 0 });
  }
}

/** Only reads have their rows here; those of a batch write lie under `data`, beside its headers. */
function isOfRow({ path: [name, index] }: z.core.$ZodIssue): boolean {
  return name === "results" && typeof index === "number";
}
