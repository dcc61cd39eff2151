import { DAY_MS } from "./generator/day.ts";
import { playUntil } from "./generator/generator.ts";
import type { CallLog } from "./http/call-log.ts";
import type { Gates } from "./http/gates.ts";
import { openHttp } from "./http/open-http.ts";
import { openPortal } from "./open-portal.ts";
import { savePortal } from "./persistence/portal-file.ts";
import { describePortal } from "./persistence/saved-portal.ts";
import { startSaving } from "./persistence/start-saving.ts";
import type { Portal } from "./portal/portal.ts";
import { createRandom } from "./random.ts";
import { sandboxDefaults, type SandboxOptions, tokensOf } from "./sandbox-options.ts";
import { WebhookSettings } from "./webhooks/subscription.ts";
import { sandboxDelivery } from "./webhooks/webhook-sender.ts";
import { startWebhooks, type Webhooks } from "./webhooks/webhooks.ts";

/** A running portal. */
export type Sandbox = Pick<Gates, "holdNext" | "dropNext"> &
  Pick<CallLog, "calls" | "requests"> & {
    /** Base URL without a trailing slash, for the client's `basePath`. */
    url: string;
    appToken: string;
    personToken: string;
    clientSecret: string;
    appId: number;
    portalId: number;
    /** The state itself, to read in assertions. Write over HTTP, or webhooks and last-modified dates go wrong. */
    portal: Portal;
    webhooks: Pick<Webhooks, "settings" | "configure" | "idle">;
    /** Forgets counted calls and remembered requests. */
    forgetCalls: () => void;
    /** Moves the portal's clock; its made-up customers play those days, with webhooks. */
    advanceDays: (days: number) => void;
    advanceTo: (instant: Date) => void;
    /** Writes the file of the options now; without one, nothing. */
    save: () => Promise<void>;
    close: () => Promise<void>;
  };

/** Opens or makes a portal and serves it over HTTP. Rejects when the port is taken or the file is no saved portal. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = { ...sandboxDefaults, ...options };
  const { appToken, personToken, clientSecret, appId, portalId, seed, file = null } = settings;
  const now = settings.now ?? (() => new Date());
  const { portal, play, webhooks: saved } = await openPortal(now, file, seed, settings.companies);

  const webhooks = startWebhooks(
    {
      portal,
      portalId,
      appId,
      clientSecret,
      random: createRandom(seed),
      wireNow: () => now().getTime(),
      delivery: { ...sandboxDelivery, ...settings.delivery },
    },
    chooseWebhooks(settings, saved),
  );

  const saving = startSaving(async () => {
    if (file !== null) await savePortal(file, describePortal(portal, webhooks.settings, play));
  });
  const touch = () => {
    if (file !== null) saving.touch();
  };
  portal.listen(touch);

  const advanceTo = (instantMs: number) => {
    if (play) playUntil(portal, play, instantMs, portal.clock.now());
    portal.clock.moveTo(instantMs);
    touch();
  };
  const advanceDays = (days: number) => advanceTo(portal.clock.now() + days * DAY_MS);
  const configure = (wanted: WebhookSettings) => {
    webhooks.configure(wanted);
    touch();
  };

  const { host, port, limitPer10s, monotonicMs = () => performance.now() } = settings;
  const http = await openHttp(
    portal,
    { host, port, portalId, seed, tokens: tokensOf(settings), limitPer10s, monotonicMs },
    { advanceDays, configureWebhooks: configure, webhookSettings: () => webhooks.settings },
  );

  return {
    url: http.url,
    appToken,
    personToken,
    clientSecret,
    appId,
    portalId,
    portal,
    webhooks: {
      get settings() {
        return webhooks.settings;
      },
      configure,
      idle: webhooks.idle,
    },
    calls: http.log.calls,
    requests: http.log.requests,
    forgetCalls: http.log.reset,
    holdNext: http.gates.holdNext,
    dropNext: http.gates.dropNext,
    advanceDays,
    advanceTo: (instant) => advanceTo(instant.getTime()),
    save: saving.saveNow,
    close: async () => {
      webhooks.close();
      await http.close();
      await saving.saveNow();
    },
  };
}

/** What is asked for now counts more than what a saved portal remembers. */
function chooseWebhooks(options: SandboxOptions, saved: WebhookSettings | null): WebhookSettings {
  return WebhookSettings.parse({
    targetUrl: options.targetUrl ?? saved?.targetUrl ?? null,
    subscriptions: options.subscriptions ?? saved?.subscriptions ?? [],
  });
}
