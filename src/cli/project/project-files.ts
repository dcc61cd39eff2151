import type { AppFile } from "../../config/read-app-file.ts";
import { neededScopes } from "../../pipeline/needed-scopes.ts";
import { subscriptionsOf, type CalculatedProperties } from "../../pipeline/subscriptions.ts";
import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";

/** `path` is inside the project, with slashes. */
export type ProjectFile = { path: string; text: string };

/** The newest that HubSpot's own tool (CLI 8) takes as supported. */
const PLATFORM_VERSION = "2026.03";
/** Webhooks that HubSpot has under way to us at a time; its own default. */
const MOST_CONCURRENT = 10;

type Told = { app: AppFile; publicUrl: string; rules: CompiledRuleset; calculated: CalculatedProperties };

/**
 * The app as a HubSpot developer project: a private app with a static token, the scopes and the webhooks that the rules
 * need. https://developers.hubspot.com/docs/apps/developer-platform/build-apps/app-configuration
 */
export function projectFiles({ app, publicUrl, rules, calculated }: Told): ProjectFile[] {
  const scopes = neededScopes(app.scopes, rules);
  const subscriptions = subscriptionsOf(rules, calculated);
  const isHubEvent = (event: (typeof subscriptions)[number]) => !("objectType" in event);
  return [
    toFile("hsproject.json", { name: "customer-health", srcDir: "src", platformVersion: PLATFORM_VERSION }),
    toFile("src/app/app-hsmeta.json", {
      uid: "customer_health_app",
      type: "app",
      config: {
        name: app.name,
        description: app.description,
        distribution: "private",
        auth: {
          type: "static",
          requiredScopes: scopes.required.map(({ name }) => name),
          optionalScopes: scopes.optional.map(({ name }) => name),
          conditionallyRequiredScopes: [],
        },
        permittedUrls: { fetch: [], iframe: [], img: [] },
        support: Object.fromEntries(Object.entries(app.support).filter(([, text]) => text !== "")),
      },
    }),
    toFile("src/app/webhooks/webhooks-hsmeta.json", {
      uid: "customer_health_webhooks",
      type: "webhooks",
      config: {
        settings: { targetUrl: `${publicUrl}${app.webhookPath}`, maxConcurrentRequests: MOST_CONCURRENT },
        subscriptions: {
          crmObjects: subscriptions.filter((event) => !isHubEvent(event)),
          legacyCrmObjects: [],
          hubEvents: subscriptions.filter(isHubEvent),
        },
      },
    }),
  ];
}

function toFile(path: string, content: object): ProjectFile {
  return { path, text: `${JSON.stringify(content, null, 2)}\n` };
}
