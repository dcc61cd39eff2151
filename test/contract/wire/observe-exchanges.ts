import type { Exchange } from "../../../src/sandbox/http/exchange.ts";
import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import { checkExchange } from "./exchange-check.ts";
import { readPortalFacts } from "./portal-facts.ts";

export type ObservedExchanges = {
  /** What was asked since the last time, as `POST /crm/v3/objects/companies/batch/read`. */
  readonly calls: string[];
  /** The faults in what went over the wire since the last time, each told once; none where all of it fits. */
  takeFaults(): string[];
};

/** Keeps what goes over the sandbox's wire from now on, and judges it only when asked: a test's timing stays its own. */
export function observeExchanges({ onExchange, portal }: Pick<Sandbox, "onExchange" | "portal">): ObservedExchanges {
  const kept: Exchange[] = [];
  onExchange((exchange) => {
    // The portal's controls are the sandbox's own.
    if (!exchange.path.startsWith("/sandbox/")) kept.push(exchange);
  });
  return {
    get calls() {
      return kept.map(({ method, path }) => `${method} ${path}`);
    },
    takeFaults() {
      const facts = readPortalFacts(portal);
      return [...new Set(kept.splice(0).flatMap((exchange) => checkExchange(exchange, facts)))];
    },
  };
}
