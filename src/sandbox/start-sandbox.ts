import { DAY_MS } from "./generator/day.ts";
import { playUntil } from "./generator/generator.ts";
import type { OtherApps } from "./http/account-limits.ts";
import type { CallLog } from "./http/call-log.ts";
import type { Exchanges } from "./http/exchange.ts";
import type { Faults, FaultSource } from "./http/faults.ts";
import type { Gates } from "./http/gates.ts";
import type { Usage } from "./http/limits.ts";
import { openHttp } from "./http/open-http.ts";
import { openPortal } from "./open-portal.ts";
import { savePortal } from "./persistence/portal-file.ts";
import { describePortal } from "./persistence/saved-portal.ts";
import { startSaving } from "./persistence/start-saving.ts";
import type { ObjectType } from "./portal/object-types.ts";
import type { Portal } from "./portal/portal.ts";
import { restoreRecord } from "./portal/restore-record.ts";
import { createRandom } from "./random.ts";
import { sandboxDefaults, type SandboxOptions, tokensOf } from "./sandbox-options.ts";
import { WebhookSettings } from "./webhooks/subscription.ts";
import { sandboxDelivery } from "./webhooks/webhook-sender.ts";
import { startWebhooks, type Webhooks } from "./webhooks/webhooks.ts";

/** A running portal. */
export type Sandbox = Pick<Gates, "holdNext" | "dropNext" | "answerNext"> &
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
    /** Tells every answered request from now on. */
    onExchange: Exchanges["listen"];
    /** What a token has used, the app's when none is named. */
    usage: (token?: string) => Usage;
    otherApps: OtherApps;
    /** Set it to let a share of the app's calls fail, or null to end that. */
    faults: Faults | null;
    readonly faultCounts: FaultSource["counts"];
    /** Forgets counted calls, usage and faults, and remembered requests. */
    forgetCalls: () => void;
    /** Moves the portal's clock; its made-up customers play those days, with webhooks. */
    advanceDays: (days: number) => void;
    advanceTo: (instant: Date) => void;
    /** Brings an archived record back, as a person at the screen does. Throws `NotRestorable`. */
    restore: (type: ObjectType, id: string) => void;
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

  const { searchLagMs, monotonicMs = () => performance.now() } = settings;
  portal.searchIndex.lagBehind(searchLagMs, monotonicMs);
  const http = await openHttp(
    portal,
    { ...settings, tokens: tokensOf(settings), faults: settings.faults ?? null, monotonicMs },
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
    forgetCalls: http.forgetCalls,
    onExchange: http.exchanges.listen,
    usage: (token = appToken) => http.usage(token),
    otherApps: http.otherApps,
    get faults() {
      return http.faults.settings;
    },
    set faults(wanted) {
      http.faults.settings = wanted;
    },
    get faultCounts() {
      return http.faults.counts;
    },
    holdNext: http.gates.holdNext,
    dropNext: http.gates.dropNext,
    answerNext: http.gates.answerNext,
    advanceDays,
    advanceTo: (instant) => advanceTo(instant.getTime()),
    restore: (type, id) => {
      const sourceId = `userId:${settings.userId}`;
      restoreRecord(portal, type, id, { at: portal.clock.now(), changeSource: "CRM_UI", sourceId });
    },
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
