import type { Server } from "node:http";

import type { Portal } from "../portal/portal.ts";
import { createRandom } from "../random.ts";
import { accountRoutes } from "./account-routes.ts";
import { type CallLog, createCallLog } from "./call-log.ts";
import { type Control, controlRoutes } from "./control-routes.ts";
import { crmRoutes } from "./crm-routes.ts";
import { createGates, type Gates } from "./gates.ts";
import { createLimits } from "./limits.ts";
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
  monotonicMs: () => number;
};

export type OpenHttp = {
  url: string;
  gates: Gates;
  log: CallLog;
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
  const sessions = options.tokens.map((token) => ({
    token,
    limits: createLimits(options.limitPer10s, options.monotonicMs),
  }));
  const findSession = (bearer: string) => sessions.find(({ token }) => token.token === bearer);
  const findToken = (bearer: string) => findSession(bearer)?.token;
  const usedToday = () => sessions.reduce((sum, { limits }) => sum + limits.usedToday, 0);
  const findRoute = createRouter([
    ...crmRoutes(createRandom(options.seed)),
    ...accountRoutes(findToken, usedToday),
    ...controlRoutes({ ...control, calls: () => log.calls }),
  ]);
  const server = createPortalServer({ portal, portalId: options.portalId, gates, log, findSession, findRoute });
  const port = await listen(server, options.port, options.host);
  return {
    url: `http://${options.host}:${port}`,
    gates,
    log,
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
