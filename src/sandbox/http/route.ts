import type { Answer, Call } from "../api/call.ts";
import type { LimitKind } from "./limits.ts";

type Params = Record<string, string>;

/** One kind of call. Segments of `path` that begin with a colon are parameters. */
export type Route = {
  method: string;
  path: string;
  /** The name under which such calls are counted. */
  kind(params: Params): string;
  /** Groups of scopes: the token needs one of each. "none": no token at all; "person": a person's token. */
  access: "none" | "person" | ((params: Params) => readonly (readonly string[])[]);
  limit: LimitKind;
  handle(call: Call): Answer | Promise<Answer>;
};

export type FindRoute = (method: string, path: string) => { route: Route; params: Params } | undefined;

/** Finds the route of a request; of two that fit, the one that stands first. A trailing slash is ignored. */
export function createRouter(routes: readonly Route[]): FindRoute {
  const byShape = new Map<string, { route: Route; pattern: string[] }[]>();
  for (const route of routes) {
    const pattern = split(route.path);
    const shape = `${route.method} ${pattern.length}`;
    byShape.set(shape, [...(byShape.get(shape) ?? []), { route, pattern }]);
  }
  return (method, path) => {
    const segments = split(path);
    for (const { route, pattern } of byShape.get(`${method} ${segments.length}`) ?? []) {
      const params = match(pattern, segments);
      if (params) return { route, params };
    }
    return undefined;
  };
}

function split(path: string): string[] {
  return path.split("/").filter(Boolean);
}

function match(pattern: readonly string[], segments: readonly string[]): Params | undefined {
  const params: Params = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (expected.startsWith(":")) params[expected.slice(1)] = decode(segment);
    else if (expected !== segment) return undefined;
  }
  return params;
}

/** A path that is not valid percent-encoding names nothing that exists; it is taken as written. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
