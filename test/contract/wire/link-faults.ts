import { z } from "zod";
import type { CheckedRequest } from "./exchange-check.ts";
import type { PortalFacts } from "./portal-facts.ts";

const Spec = z.object({ associationTypeId: z.number() });
const Inline = z.object({ associations: z.array(z.object({ types: z.array(Spec) })).default([]) });
const Body = Inline.extend({
  inputs: z.array(Inline.extend({ types: z.array(Spec).default([]) })).default([]),
});

/** Kinds of links that HubSpot does not know, or not between these types of records. */
export function findLinkFaults(request: CheckedRequest, portal: PortalFacts): string[] {
  const { params, query } = request;
  const from = params["fromObjectType"] ?? params["objectType"];
  const to = params["toObjectType"];
  const named = [to, ...query.getAll("associations").flatMap((names) => names.split(","))];
  const unknown = named.filter((name) => name !== undefined && portal.findTypeId(name) === undefined);
  if (from !== undefined && portal.findTypeId(from) === undefined) unknown.push(from);

  const fromId = from && portal.findTypeId(from);
  const toId = to && portal.findTypeId(to);
  const wrong = typeIdsOf(request.body).filter((id) => {
    const type = portal.findLinkType(id);
    return !type || type.from !== fromId || (toId !== undefined && type.to !== toId);
  });
  return [
    ...unknown.map((name) => `links to the unknown type ${name}`),
    ...[...new Set(wrong)].map((id) => `links ${from ?? ""} to ${to ?? "another"} by the type ${id}, which does not`),
  ];
}

function typeIdsOf(body: unknown): number[] {
  const specs = z.array(Spec).safeParse(body);
  if (specs.success) return specs.data.map(({ associationTypeId }) => associationTypeId);
  const { associations, inputs } = Body.parse(body ?? {});
  const ends = [...associations, ...inputs.flatMap((input) => [input, ...input.associations])];
  return ends.flatMap(({ types }) => types.map(({ associationTypeId }) => associationTypeId));
}
