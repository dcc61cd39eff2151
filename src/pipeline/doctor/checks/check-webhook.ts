import { failed, warning, skipped, ok, type Finding } from "../finding.ts";
import type { Address } from "../gathered.ts";
import { sayFault, type Fault } from "../reached.ts";

const LOCAL = /^http:\/\/(localhost|127\.|\[::1\])/;
/** HubSpot waits 5 s; an answer that takes this long without any events will not be in time with a hundred. */
const SLOW_MS = 2_000;

const remedies: Record<Fault["kind"], string> = {
  name: "put PUBLIC_URL's name into the DNS, or correct PUBLIC_URL",
  refused: "start the service (npm start), and the proxy or tunnel before it",
  certificate: "HubSpot takes only certificates that browsers take: mend the proxy's",
  timeout: "let HubSpot's calls through the firewall, and start the service",
  connection: "see that the proxy or tunnel before the service runs",
};

const answers: Record<number, [string, string]> = {
  401: [
    "the service refuses the signature",
    "it runs with another HUBSPOT_CLIENT_SECRET or PUBLIC_URL than this environment, or by another clock: restart it with these",
  ],
  403: ["something before the service forbids the call", "let the webhook's path through without a login"],
  404: [
    "nothing is known by this path there",
    "point PUBLIC_URL at this service; a proxy must leave the path as it is",
  ],
  413: ["something before the service takes no bodies", "let the proxy pass bodies of up to 1 MB"],
  415: ["the call came without its content type", "let the proxy pass the headers as they are"],
};

/** A webhook without events, signed as HubSpot signs, must be answered 2xx at PUBLIC_URL. */
export function checkWebhook(webhook: Address | null): Finding {
  if (!webhook) return skipped("webhook", "the environment does not tell the address");
  const { url, reached } = webhook;
  if ("fault" in reached) {
    return failed("webhook", `${url} cannot be reached: ${sayFault(reached.fault)}`, {
      remedy: remedies[reached.fault.kind],
    });
  }
  const { status, durationMs } = reached;
  if (status < 200 || status > 299) {
    const [why, remedy] = answers[status] ?? sayOther(status);
    return failed("webhook", `${url} answered ${status}: ${why}`, { remedy });
  }
  const words = `${url} takes signed webhooks (${status} in ${durationMs} ms)`;
  if (LOCAL.test(url)) {
    return warning("webhook", `${words}, but HubSpot cannot reach this machine by that name`, {
      remedy: "give PUBLIC_URL an https address that the internet knows, as of a proxy or a tunnel",
    });
  }
  if (durationMs > SLOW_MS) {
    return warning("webhook", words, {
      remedy: "HubSpot waits 5 s: look for what is slow between, or at the database",
    });
  }
  return ok("webhook", words);
}

function sayOther(status: number): [string, string] {
  if (status < 400) return ["it sends callers elsewhere", "HubSpot does not follow: give PUBLIC_URL the last address"];
  if (status >= 500)
    return ["the service, or what stands before it, is in trouble", "see service, and the logs of both"];
  return ["the call was refused", "see the service's log: if it says nothing, something before it refused"];
}
