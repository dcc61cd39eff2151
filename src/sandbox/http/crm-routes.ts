import { ApiError } from "../api/api-error.ts";
import * as associations from "../api/associations-basic.ts";
import * as associationBatch from "../api/associations-batch.ts";
import type { Answer, Call } from "../api/call.ts";
import { typeParam } from "../api/call.ts";
import { gdprDelete } from "../api/gdpr-delete.ts";
import * as objects from "../api/object-basic.ts";
import * as objectBatch from "../api/object-batch.ts";
import { postMerge } from "../api/object-merge.ts";
import { searchRecords } from "../api/object-search.ts";
import { getOwner, listOwners } from "../api/owners.ts";
import { getPipeline, listPipelines, listStages } from "../api/pipelines.ts";
import * as properties from "../api/properties.ts";
import * as propertyBatch from "../api/property-batch.ts";
import * as groups from "../api/property-groups.ts";
import type { ObjectType } from "../portal/object-types.ts";
import type { Random } from "../random.ts";
import type { Route } from "./route.ts";

type Handle = (call: Call) => Answer;
type Access = "read" | "write";

/** The CRM API. Every call is counted as `<plural> <what>`, e.g. `companies batch/read`, `tickets>companies batch/read`. */
export function crmRoutes(random: Random): Route[] {
  return [...objectRoutes(random), ...associationRoutes(), ...propertyRoutes(), ...otherRoutes()];
}

function objectRoutes(random: Random): Route[] {
  const route = (method: string, path: string, what: string, access: Access, handle: Handle): Route => ({
    method,
    path: `/crm/v3/objects/:type${path}`,
    kind: (params) => `${typeParam(params, "type").plural} ${what}`,
    access: (params) => [objectScopes(typeParam(params, "type"), access)],
    limit: what === "search" ? "search" : "general",
    handle: (call) => {
      const type = typeParam(call.params, "type");
      if (access === "write" && type.writeScopes.length === 0)
        throw new ApiError(405, `${type.plural} can only be read over the API`);
      return handle(call);
    },
  });
  return [
    route("GET", "", "list", "read", objects.listRecords),
    route("POST", "", "create", "write", objects.postRecord),
    route("POST", "/search", "search", "read", searchRecords),
    route("POST", "/batch/read", "batch/read", "read", objectBatch.readBatch),
    route("POST", "/batch/create", "batch/create", "write", (call) => objectBatch.createBatch(call, random)),
    route("POST", "/batch/update", "batch/update", "write", objectBatch.updateBatch),
    route("POST", "/batch/archive", "batch/archive", "write", objectBatch.archiveBatch),
    route("POST", "/merge", "merge", "write", postMerge),
    route("POST", "/gdpr-delete", "gdpr-delete", "write", gdprDelete),
    route("GET", "/:id", "get", "read", objects.getRecord),
    route("PATCH", "/:id", "update", "write", objects.patchRecord),
    route("DELETE", "/:id", "archive", "write", objects.deleteRecord),
  ];
}

function associationRoutes(): Route[] {
  const route = (method: string, path: string, what: string, access: Access, handle: Handle): Route => ({
    method,
    path: `/crm/v4/${path}`,
    kind: (params) => `${typeParam(params, "from").plural}>${typeParam(params, "to").plural} ${what}`,
    access: (params) => [
      objectScopes(typeParam(params, "from"), access),
      objectScopes(typeParam(params, "to"), "read"),
    ],
    limit: "association",
    handle,
  });
  const batch = "associations/:from/:to/batch";
  return [
    route("POST", `${batch}/read`, "batch/read", "read", associationBatch.readLinks),
    route("POST", `${batch}/create`, "batch/create", "write", associationBatch.createLinks),
    route("POST", `${batch}/associate/default`, "batch/default", "write", associationBatch.createDefaultLinks),
    route("POST", `${batch}/archive`, "batch/archive", "write", associationBatch.archiveLinks),
    route("PUT", "objects/:from/:id/associations/default/:to/:toId", "default", "write", associations.putDefaultLink),
    route("GET", "objects/:from/:id/associations/:to", "list", "read", associations.listLinks),
    route("PUT", "objects/:from/:id/associations/:to/:toId", "create", "write", associations.putLink),
    route("DELETE", "objects/:from/:id/associations/:to/:toId", "archive", "write", associations.deleteLink),
  ];
}

function propertyRoutes(): Route[] {
  const route = (method: string, path: string, what: string, access: Access, handle: Handle): Route => ({
    method,
    path: `/crm/v3/properties/:type${path}`,
    kind: (params) => `${typeParam(params, "type").plural} properties ${what}`,
    access: (params) => {
      const type = typeParam(params, "type");
      return [access === "write" ? type.schemaScopes : [...schemaReadScopes(type), ...type.readScopes]];
    },
    limit: "general",
    handle,
  });
  return [
    route("GET", "", "list", "read", properties.listProperties),
    route("POST", "", "create", "write", properties.postProperty),
    route("GET", "/groups", "groups list", "read", groups.listGroups),
    route("POST", "/groups", "groups create", "write", groups.postGroup),
    route("GET", "/groups/:name", "groups get", "read", groups.getGroup),
    route("POST", "/batch/create", "batch/create", "write", propertyBatch.createProperties),
    route("POST", "/batch/read", "batch/read", "read", propertyBatch.readProperties),
    route("GET", "/:name", "get", "read", properties.getProperty),
    route("PATCH", "/:name", "update", "write", properties.patchProperty),
    route("DELETE", "/:name", "archive", "write", properties.deleteProperty),
  ];
}

function otherRoutes(): Route[] {
  const pipeline = (path: string, what: string, handle: Handle): Route => ({
    method: "GET",
    path: `/crm/v3/pipelines/:type${path}`,
    kind: (params) => `${typeParam(params, "type").plural} pipelines ${what}`,
    access: (params) => [objectScopes(typeParam(params, "type"), "read")],
    limit: "general",
    handle,
  });
  const owner = (path: string, what: string, handle: Handle): Route => ({
    method: "GET",
    path: `/crm/v3/owners${path}`,
    kind: () => `owners ${what}`,
    access: () => [["crm.objects.owners.read"]],
    limit: "general",
    handle,
  });
  return [
    pipeline("", "list", listPipelines),
    pipeline("/:id", "get", getPipeline),
    pipeline("/:id/stages", "stages", listStages),
    owner("", "list", listOwners),
    owner("/:id", "get", getOwner),
  ];
}

function objectScopes(type: ObjectType, access: Access): readonly string[] {
  return access === "read" ? type.readScopes : type.writeScopes;
}

function schemaReadScopes(type: ObjectType): string[] {
  return type.schemaScopes.map((scope) => scope.replace(/\.write$/, ".read"));
}
