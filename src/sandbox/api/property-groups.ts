import { z } from "zod";

import { ApiError, NotFoundPage } from "./api-error.ts";
import { type Answer, type Call, param, parseBody, typeParam } from "./call.ts";

const NewGroup = z.object({ name: z.string().min(1), label: z.string(), displayOrder: z.number().int().optional() });

export function listGroups(call: Call): Answer {
  return { status: 200, body: { results: call.portal.properties.groups(typeParam(call.params, "type")) } };
}

export function getGroup(call: Call): Answer {
  const groups = call.portal.properties.groups(typeParam(call.params, "type"));
  const group = groups.find(({ name }) => name === param(call.params, "name"));
  if (!group) throw new NotFoundPage();
  return { status: 200, body: group };
}

export function postGroup(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const { name, label, displayOrder } = parseBody(NewGroup, call.body);
  if (call.portal.properties.groups(type).some((group) => group.name === name))
    throw new ApiError(409, `A property group named '${name}' already exists.`, { category: "OBJECT_ALREADY_EXISTS" });
  const group = { name, label, displayOrder: displayOrder ?? -1, archived: false };
  call.portal.properties.putGroup(type, group);
  call.portal.announce({ kind: "definition", type });
  return { status: 201, body: group };
}
