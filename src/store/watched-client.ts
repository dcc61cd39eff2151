import pg from "pg";

/** A connection of its own; `ended` resolves, and never rejects, when it is gone, with the error that ended it. */
export type WatchedClient = { client: pg.Client; ended: Promise<Error | undefined> };

/** Makes a client, not yet connected, whose end can be waited for. */
export function createWatchedClient(config: pg.ClientConfig): WatchedClient {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 10_000 });
  let reason: Error | undefined;
  client.on("error", (error) => (reason = error));
  const ended = new Promise<Error | undefined>((resolve) => client.once("end", () => resolve(reason)));
  return { client, ended };
}
