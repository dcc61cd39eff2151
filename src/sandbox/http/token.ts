import type { Author } from "../portal/portal.ts";

/** Who a bearer token stands for: an app with its scopes, or a person at the screen who may do everything. */
export type Token = {
  token: string;
  kind: "app" | "person";
  appId: number;
  userId: number;
  /** A person needs none. */
  scopes: readonly string[];
};

/** How HubSpot names the origin of a write in records and webhooks. */
export function authorOf(token: Token, at: number): Author {
  return token.kind === "app"
    ? { at, changeSource: "INTEGRATION", sourceId: String(token.appId) }
    : { at, changeSource: "CRM_UI", sourceId: `userId:${token.userId}` };
}

/** The scopes that are missing: each group needs one of its scopes. */
export function findMissingScopes(token: Token, groups: readonly (readonly string[])[]): string[] {
  if (token.kind === "person") return [];
  return groups.filter((group) => !group.some((scope) => token.scopes.includes(scope))).flat();
}
