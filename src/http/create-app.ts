import express, { type Express } from "express";
import helmet from "helmet";
import type { Log } from "../pipeline/log.ts";
import type { Webhook } from "../pipeline/webhook.ts";
import type { Metrics } from "./metrics.ts";
import { createMetricsPage } from "./metrics-page.ts";
import { createProbes, type Readiness } from "./probes.ts";
import { createRequestLog, type ErrorHandler, type Handler } from "./request-log.ts";
import { createWebhookDoor } from "./webhook-door.ts";

export type AppParts<Hint> = {
  webhook: Webhook<Hint>;
  readiness: Readiness;
  metrics: Metrics;
  /** Null: the pages that need it do not exist. */
  adminToken: string | null;
  log: Log;
};

/** Every page of the service. What no page answers is a 404, what a page throws a 500 that says nothing but its id. */
export function createApp<Hint>({ webhook, readiness, metrics, adminToken, log }: AppParts<Hint>): Express {
  const app = express();
  app.disable("etag");
  app.use(helmet());
  app.use(createRequestLog(log));
  app.use(forbidCaching);
  app.all("/webhooks/hubspot", createWebhookDoor(webhook, metrics));
  app.use(createProbes(readiness, log));
  app.get("/metrics", createMetricsPage(metrics, adminToken));
  app.use(answerNotFound);
  app.use(answerError);
  return app;
}

const forbidCaching: Handler = (_request, response, next) => {
  response.set("cache-control", "no-store");
  next();
};

const answerNotFound: Handler = (_request, response) => {
  response.status(404).json({ error: "not_found", requestId: response.locals.requestId });
};

const answerError: ErrorHandler = (error: unknown, request, response, next) => {
  const { log, requestId } = response.locals;
  log.error({ error, method: request.method, path: request.path }, "a request failed");
  // Half an answer is out already: express then closes the connection, which the caller sees as a failure.
  if (response.headersSent) {
    next(error);
    return;
  }
  response.status(500).json({ error: "internal_error", requestId });
};
