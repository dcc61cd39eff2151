import { createServer } from "node:http";

export type Delivery = {
  headers: Record<string, string>;
  body: string;
  events: Record<string, unknown>[];
};

/** An app that hears webhooks over HTTP. `answer` decides each delivery's status; "hang" never answers. */
export type Receiver = {
  url: string;
  deliveries: Delivery[];
  /** All events heard so far; those of refused deliveries too. */
  events(): Record<string, unknown>[];
  close(): Promise<void>;
};

export async function startReceiver(
  answer: (delivery: Delivery, count: number) => number | "hang" = () => 200,
  wantedPort = 0,
): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const delivery = {
        headers: request.headers as Record<string, string>,
        body,
        events: JSON.parse(body) as Record<string, unknown>[],
      };
      deliveries.push(delivery);
      const status = answer(delivery, deliveries.length);
      if (status !== "hang") response.writeHead(status).end();
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(wantedPort, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}/webhooks/hubspot?tenant=a%2Fb`,
    deliveries,
    events: () => deliveries.flatMap((delivery) => delivery.events),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
