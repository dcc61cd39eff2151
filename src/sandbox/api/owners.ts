import { NotFoundPage } from "./api-error.ts";
import { type Answer, type Call, limitParam, param } from "./call.ts";

const PAGE_LIMIT = 500;

/** GET /crm/v3/owners: active owners, or with `archived=true` those who left; `email` asks for one. */
export function listOwners(call: Call): Answer {
  const limit = limitParam(call.query, 100, PAGE_LIMIT);
  const after = Number(call.query.get("after") ?? 0);
  const email = call.query.get("email");
  const chosen = call.portal.owners.filter(
    (owner) => owner.archived === wantsArchived(call) && (!email || owner.email === email) && Number(owner.id) > after,
  );
  const results = chosen.slice(0, limit);
  const next = chosen.length > limit ? results.at(-1)?.id : undefined;
  const link = `https://api.hubapi.com/crm/v3/owners?limit=${limit}&after=${next}`;
  return { status: 200, body: { results, ...(next ? { paging: { next: { after: next, link } } } : {}) } };
}

export function getOwner(call: Call): Answer {
  const wanted = param(call.params, "id");
  const byUserId = call.query.get("idProperty") === "userId";
  const owner = call.portal.owners.find(
    ({ id, userId, archived }) => (byUserId ? String(userId) : id) === wanted && archived === wantsArchived(call),
  );
  if (!owner) throw new NotFoundPage();
  return { status: 200, body: owner };
}

function wantsArchived(call: Call): boolean {
  return call.query.get("archived") === "true";
}
