import type { CallWindow } from "../pipeline/call-budget-port.ts";
import type { Log } from "../pipeline/log.ts";
import { HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { Priority } from "../pipeline/store-port.ts";
import { callWindowsOf } from "./call-windows.ts";
import type { Governor } from "./create-governor.ts";
import { readPolicy, toHubSpotError } from "./to-hubspot-error.ts";

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
  priority: Priority;
  countCall: CountCall;
  log: Pick<Log, "debug" | "warn">;
};

/**
 * Told of each call that was sent, in the narrowest window that it counts in; a null status: there was no answer.
 * `limitPer10s` is what the answer said of it, null where it said nothing.
 */
export type CountCall = (window: CallWindow, status: number | null, limitPer10s: number | null) => void;

/**
 * The one place from which HubSpot is called, with Node's own fetch: the SDK has no time-out, shows no headers, and
 * puts bodies and headers into its errors' messages. Nothing is repeated here.
 */
export function createTransport(settings: TransportSettings): Transport {
  const { accessToken, timeoutMs, governor, priority, countCall, log } = settings;

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

  function learn({ headers }: Answer): void {
    const limitPer10s = readLimitPer10s(headers);
    if (limitPer10s !== null) governor.learnLimit(limitPer10s);
    const limit = readCount(headers["x-hubspot-ratelimit-daily"]);
    const remaining = readCount(headers["x-hubspot-ratelimit-daily-remaining"]);
    if (limit !== null && limit > 0 && remaining !== null) governor.day.learn({ limit, remaining });
  }

  function obey(window: CallWindow, call: string, policy: string | null, error: HubSpotUnavailable): void {
    const { status, retryAfterMs } = error;
    if (status === 477) governor.pause("all", retryAfterMs);
    if (status !== 429) return;
    log.warn({ call, policy, retryAfterMs }, "HubSpot asks for a pause");
    if (policy === "DAILY") governor.day.end();
    else governor.pause(window === "search" && policy !== "TEN_SECONDLY_ROLLING" ? "search" : "general", retryAfterMs);
  }

  return (request) => {
    const { pathname: path } = new URL(request.url);
    const call = `${request.method} ${path}`;
    const [window = "general"] = callWindowsOf(path);
    return governor.run({ name: call, path, priority }, async () => {
      const startedAt = performance.now();
      const answer = await exchange(request, call).catch((error: unknown) => {
        countCall(window, null, null);
        throw error;
      });
      const { status } = answer;
      countCall(window, status, readLimitPer10s(answer.headers));
      log.debug({ call, status, durationMs: Math.round(performance.now() - startedAt) }, "HubSpot answered");
      learn(answer);
      if (status >= 200 && status < 300) return answer;

      // HubSpot may repeat what it was sent in its message.
      const error = toHubSpotError(call, { ...answer, text: answer.text.replaceAll(accessToken, "[token]") });
      if (error instanceof HubSpotUnavailable) obey(window, call, readPolicy(answer.text), error);
      throw error;
    });
  };
}

/** Search answers carry none. */
function readLimitPer10s(headers: Answer["headers"]): number | null {
  const limit = readCount(headers["x-hubspot-ratelimit-max"]);
  const isPer10s = headers["x-hubspot-ratelimit-interval-milliseconds"] === "10000";
  return limit !== null && limit > 0 && isPer10s ? limit : null;
}

function readCount(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : null;
}
