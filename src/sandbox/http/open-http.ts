import type { Server } from "node:http";

import type { Portal } from "../portal/portal.ts";
import { createRandom } from "../random.ts";
import { createAccountLimits, type OtherApps } from "./account-limits.ts";
import { accountRoutes } from "./account-routes.ts";
import { type CallLog, createCallLog } from "./call-log.ts";
import { type Control, controlRoutes } from "./control-routes.ts";
import { crmRoutes } from "./crm-routes.ts";
import { createExchanges, type Exchanges } from "./exchange.ts";
import { createFaults, type Faults, type FaultSource } from "./faults.ts";
import { createGates, type Gates } from "./gates.ts";
import { createLimits, type Usage } from "./limits.ts";
import { createRouter } from "./route.ts";
import { createPortalServer } from "./serve.ts";
import type { Token } from "./token.ts";

export type HttpOptions = {
  host: string;
  port: number;
  portalId: number;
  seed: number;
  tokens: readonly Token[];
  limitPer10s: number;
  dailyLimit: number;
  dailyAssociationLimit: number;
  faults: Faults | null;
  faultHangMs: number;
  monotonicMs: () => number;
};

export type OpenHttp = {
  url: string;
  gates: Gates;
  log: CallLog;
  exchanges: Exchanges;
  faults: FaultSource;
  otherApps: OtherApps;
  /** Of the app's or the person's token; throws for an unknown one. */
  usage(token: string): Usage;
  /** Forgets calls, requests, usage and faults counted so far; the limits' windows stay as they are. */
  forgetCalls: () => void;
  /** Cuts what is still connected. */
  close(): Promise<void>;
};

/** Serves the portal; rejects when the port cannot be had. Each token has its own limits, as each app has. */
export async function openHttp(
  portal: Portal,
  options: HttpOptions,
  control: Omit<Control, "calls">,
): Promise<OpenHttp> {
  const log = createCallLog();
  const gates = createGates();
  const exchanges = createExchanges();
  const faults = createFaults(options.faults);
  const account = createAccountLimits({ ...options, now: () => portal.clock.now() });
  const sessions = options.tokens.map((token) => ({
    token,
    limits: createLimits(options.limitPer10s, account, options.monotonicMs),
  }));
  const findSession = (bearer: string) => sessions.find(({ token }) => token.token === bearer);
  const findToken = (bearer: string) => findSession(bearer)?.token;
  const findRoute = createRouter([
    ...crmRoutes(createRandom(options.seed)),
    ...accountRoutes(findToken, account),
    ...controlRoutes({ ...control, calls: () => log.calls }),
  ]);
  const { portalId, faultHangMs: silenceMs } = options;
  const answering = { portal, portalId, findRoute, findSession, faults };
  const server = createPortalServer({ ...answering, gates, log, exchanges, silenceMs });
  const port = await listen(server, options.port, options.host);
  return {
    url: `http://${options.host}:${port}`,
    gates,
    log,
    exchanges,
    faults,
    otherApps: account.otherApps,
    usage: (token) => {
      const session = findSession(token);
      if (!session) throw new RangeError("usage: no such token");
      return session.limits.usage();
    },
    forgetCalls: () => {
      log.reset();
      faults.forgetCounts();
      for (const { limits } of sessions) limits.forgetUsage();
    },
    close: () => {
      gates.releaseAll();
      return stop(server);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
