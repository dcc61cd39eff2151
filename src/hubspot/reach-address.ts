import type { Fault, Reached } from "../pipeline/doctor/reached.ts";

const MOST_TEXT = 20_000;
const MOST_CAUSES = 4;
const NAME_CODES = ["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME"];
const CERTIFICATE_CODES = /CERT|TLS|SSL|EPROTO|UNABLE_TO_VERIFY|DEPTH_ZERO|SELF_SIGNED/;

/**
 * Calls an address once, and tells what came of it; throws nothing of the network's. A redirect is not followed:
 * HubSpot follows none.
 */
export async function reachAddress(url: string, init: RequestInit & { timeoutMs: number }): Promise<Reached> {
  const { timeoutMs, ...request } = init;
  const startedAt = performance.now();
  try {
    const response = await fetch(url, { ...request, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    const text = (await response.text()).slice(0, MOST_TEXT);
    const date = new Date(response.headers.get("date") ?? NaN);
    return {
      status: response.status,
      text,
      durationMs: Math.round(performance.now() - startedAt),
      date: Number.isNaN(date.getTime()) ? null : date,
    };
  } catch (error) {
    return { fault: toFault(error) };
  }
}

function toFault(error: unknown): Fault {
  if (error instanceof DOMException && error.name === "TimeoutError") return { kind: "timeout", code: "TIMEOUT" };
  const code = findCode(error);
  if (NAME_CODES.includes(code)) return { kind: "name", code };
  if (code === "ECONNREFUSED") return { kind: "refused", code };
  return { kind: CERTIFICATE_CODES.test(code) ? "certificate" : "connection", code };
}

/** fetch wraps the system's error as the cause of its own. */
function findCode(error: unknown): string {
  let found = error;
  for (let depth = 0; depth < MOST_CAUSES && typeof found === "object" && found !== null; depth += 1) {
    if ("code" in found && typeof found.code === "string") return found.code;
    found = "cause" in found ? found.cause : null;
  }
  return "unknown error";
}
