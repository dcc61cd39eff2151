/** Where each area of the API begins. */
export type Bases = Record<"objects" | "associations" | "properties" | "pipelines" | "owners", string>;

/**
 * Where HubSpot's APIs lie: the only file that knows. The SDK's methods carry paths of their own, which are replaced by
 * these as a request goes out, so that the dated ones (`/crm/objects/2026-09/…`) can take over from v3 and v4 before
 * HubSpot leaves those unsupported: associations v4 on 30 March 2027, the others in September 2027.
 * https://developers.hubspot.com/changelog/legacy-apis-and-legacy-apps-whats-going-unsupported-and-when
 */
const bases: Bases = {
  objects: "/crm/v3/objects",
  associations: "/crm/v4/associations",
  properties: "/crm/v3/properties",
  pipelines: "/crm/v3/pipelines",
  owners: "/crm/v3/owners",
};

export const accountPath = "/account-info/v3/details";
export const usagePath = "/account-info/v3/api-usage/daily/private-apps";
export const tokenPath = "/oauth/v2/private-apps/get/access-token-info";

/** `rest` as `batch/read`; without it the collection itself. */
export function objectsPath(type: string, rest = ""): string {
  return join(bases.objects, type, rest);
}

export function associationsPath(from: string, to: string, rest: string): string {
  return join(bases.associations, from, to, rest);
}

export function propertiesPath(type: string, rest = ""): string {
  return join(bases.properties, type, rest);
}

export function pipelinesPath(type: string): string {
  return join(bases.pipelines, type);
}

export const ownersPath = bases.owners;

/** HubSpot counts calls of the associations API by a window of their own as well, and searches by another. */
export function isAssociationsPath(path: string): boolean {
  return path.includes(`${bases.associations}/`);
}

export function isSearchPath(path: string): boolean {
  return path.includes(`${bases.objects}/`) && path.endsWith("/search");
}

/** A path of one thing by its name or id, and not of a list, a batch or a search: only there can a thing be missing. */
export function isPathOfOne(path: string): boolean {
  const [type, name, ...rest] = [bases.objects, bases.properties]
    .flatMap((base) => path.split(`${base}/`).slice(1))
    .flatMap((rest) => rest.split("/"));
  return type !== undefined && name !== undefined && rest.length === 0 && !["search", "groups"].includes(name);
}

/** What stands at the beginning of the paths that the SDK (14.0.1) builds. */
const sdkBases: Bases = {
  objects: "/crm/v3/objects",
  associations: "/crm/v4/associations",
  properties: "/crm/v3/properties",
  pipelines: "/crm/v3/pipelines",
  owners: "/crm/v3/owners",
};

/** The path that is to be called where the SDK would call `sdkPath`; with other bases, the path that lies there. */
export function currentPath(sdkPath: string, ours: Bases = bases): string {
  for (const area of Object.keys(sdkBases) as (keyof Bases)[]) {
    const theirs = sdkBases[area];
    if (sdkPath === theirs || sdkPath.startsWith(`${theirs}/`)) return ours[area] + sdkPath.slice(theirs.length);
  }
  return sdkPath;
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("/");
}
