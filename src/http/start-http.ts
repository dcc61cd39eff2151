import { createServer, type Server } from "node:http";
import { createApp, type AppParts } from "./create-app.ts";

/**
 * HubSpot gives up after 5 s, so a request that is not whole by then has nobody who waits for it:
 * slow senders are not to hold connections.
 */
const REQUEST_TIMEOUT_MS = 10_000;

export type HttpOptions<Hint> = AppParts<Hint> & { host: string; port: number };
export type StartedHttp = {
  /** The port that was taken, where 0 was asked for. */
  port: number;
  /** Accepts nothing more, lets what is under way end, and cuts off what has not ended after `withinMs`. */
  close(withinMs: number): Promise<void>;
};

/** The port is taken, not allowed to us, or the host is not an address of this machine. */
export class CannotListen extends Error {
  readonly host: string;
  readonly port: number;

  constructor(host: string, port: number, cause: Error) {
    super(`cannot listen on HOST ${host}, PORT ${port}: ${cause.message}; give a free port and an own address`, {
      cause,
    });
    this.name = "CannotListen";
    this.host = host;
    this.port = port;
  }
}

/** Serves until it is closed. Throws `CannotListen`. */
export async function startHttp<Hint>({ host, port, ...parts }: HttpOptions<Hint>): Promise<StartedHttp> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, createApp(parts));
  // server.close() shuts the connections that are idle at that moment; those that become idle later would hold it open.
  server.on("request", (_request, response) => {
    response.on("close", () => {
      if (!server.listening) server.closeIdleConnections();
    });
  });
  await listen(server, host, port);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: (withinMs) => close(server, withinMs),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: Error) => reject(new CannotListen(host, port, cause));
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}

function close(server: Server, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
  });
}
