import type { Environment } from "../config/environment.ts";
import { accountPath } from "../hubspot/api-paths.ts";
import { pingWebhook } from "../hubspot/ping-webhook.ts";
import { reachAddress } from "../hubspot/reach-address.ts";
import type { Gathered } from "../pipeline/doctor/gathered.ts";

const TIMEOUT_MS = 5_000;

/** Calls the service from outside: its webhook as HubSpot does, and its readiness. */
export async function reachService(
  { publicUrl, hubspotClientSecrets }: Pick<Environment, "publicUrl" | "hubspotClientSecrets">,
  webhookPath: string,
): Promise<Pick<Gathered, "webhook" | "service">> {
  const url = `${publicUrl}${webhookPath}`;
  const readyUrl = `${publicUrl}/readyz`;
  // The first is the newer one while the secret is being changed.
  const [secret = ""] = hubspotClientSecrets;
  return {
    webhook: { url, reached: await pingWebhook(url, secret, new Date()) },
    service: { url: readyUrl, reached: await reachAddress(readyUrl, { method: "GET", timeoutMs: TIMEOUT_MS }) },
  };
}

/** HubSpot's clock beside ours. The call carries no token: its refusal tells the time as well, and counts for no app. */
export async function reachHubSpot(baseUrl: string): Promise<Gathered["hubspot"]> {
  const before = Date.now();
  const reached = await reachAddress(`${baseUrl}${accountPath}`, { method: "GET", timeoutMs: TIMEOUT_MS });
  return { reached, at: new Date((before + Date.now()) / 2) };
}
