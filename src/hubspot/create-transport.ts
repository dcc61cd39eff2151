import type { Log } from "../pipeline/log.ts";
import { HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { Governor } from "./create-governor.ts";
import { toHubSpotError } from "./to-hubspot-error.ts";

type Request = { method: string; url: string; headers: Record<string, string>; body?: string | undefined };
/** Header names are in lower case. */
export type Answer = { status: number; headers: Record<string, string>; text: string };

/** Sends one request in its turn and gives a 2xx answer, read to its end. Throws the errors of `hubspot-errors.ts`. */
export type Transport = (request: Request) => Promise<Answer>;

type TransportSettings = {
  accessToken: string;
  /** From sending to the last byte of the answer. */
  timeoutMs: number;
  governor: Governor;
  log: Pick<Log, "debug" | "warn">;
};

/**
 * The one place from which HubSpot is called, with Node's own fetch: the SDK has no time-out, shows no headers, and
 * puts bodies and headers into its errors' messages. Nothing is repeated here.
 */
export function createTransport({ accessToken, timeoutMs, governor, log }: TransportSettings): Transport {
  async function exchange(request: Request, call: string): Promise<Answer> {
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: {
          ...request.headers,
          authorization: `Bearer ${accessToken}`,
          "user-agent": "customer-health-for-hubspot",
        },
        body: request.body ?? null,
        redirect: "manual", // A redirect would carry the token to another place.
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      return { status: response.status, headers: Object.fromEntries(response.headers), text };
    } catch (cause) {
      const isTimeout = cause instanceof DOMException && cause.name === "TimeoutError";
      const message = isTimeout ? `had no answer within ${timeoutMs} ms` : "had no answer: the connection failed";
      const details = { call, correlationId: null, status: null, retryAfterMs: 0, cause };
      throw new HubSpotUnavailable(`${call} ${message}`, details);
    }
  }

  return (request) => {
    const { pathname } = new URL(request.url);
    const call = `${request.method} ${pathname}`;
    return governor.run(pathname.endsWith("/search") ? "search" : "other", call, async () => {
      const startedAt = performance.now();
      const answer = await exchange(request, call);
      const { status } = answer;
      log.debug({ call, status, durationMs: Math.round(performance.now() - startedAt) }, "HubSpot answered");
      const limitPer10s = readLimit(answer);
      if (limitPer10s !== null) governor.learnLimit(limitPer10s);
      if (status >= 200 && status < 300) return answer;

      // HubSpot may repeat what it was sent in its message.
      const error = toHubSpotError(call, { ...answer, text: answer.text.replaceAll(accessToken, "[token]") });
      if (status === 429 && error instanceof HubSpotUnavailable) {
        governor.pause(error.retryAfterMs);
        log.warn({ call, retryAfterMs: error.retryAfterMs }, "HubSpot asks for a pause");
      }
      throw error;
    });
  };
}

/** Search answers carry no limit. */
function readLimit({ headers }: Answer): number | null {
  const limit = Number(headers["x-hubspot-ratelimit-max"]);
  const isPer10s = headers["x-hubspot-ratelimit-interval-milliseconds"] === "10000";
  return isPer10s && Number.isInteger(limit) && limit > 0 ? limit : null;
}
