import { z } from "zod";

import { type Answer, type Call, parseBody } from "../api/call.ts";
import { restoreArchived } from "../api/restore.ts";
import { allObjectTypes } from "../portal/object-types.ts";
import { WebhookSettings } from "../webhooks/subscription.ts";
import type { Route } from "./route.ts";

/** What the control endpoints do; the sandbox offers the same in-process. */
export type Control = {
  calls: () => Readonly<Record<string, number>>;
  webhookSettings: () => WebhookSettings;
  configureWebhooks: (settings: WebhookSettings) => void;
  advanceDays: (days: number) => void;
};

const Advance = z.object({ days: z.number().int().min(1).max(366) });

/** `/sandbox/...`: not HubSpot's. For demos, with a person's token; each answers the state as it then is. */
export function controlRoutes(control: Control): Route[] {
  const route = (method: string, path: string, act: (call: Call) => void): Route => ({
    method,
    path: `/sandbox/${path}`,
    kind: () => `sandbox ${path}`,
    access: "person",
    limit: "free",
    handle: (call) => {
      act(call);
      return showState(call, control);
    },
  });
  return [
    route("GET", "state", () => undefined),
    route("PUT", "subscriptions", (call) => control.configureWebhooks(parseBody(WebhookSettings, call.body))),
    route("POST", "restore", restoreArchived),
    route("POST", "clock", (call) => control.advanceDays(parseBody(Advance, call.body).days)),
  ];
}

function showState({ portal, portalId }: Call, control: Control): Answer {
  const counts = Object.fromEntries(allObjectTypes.map((type) => [type.plural, portal.records.count(type)]));
  return {
    status: 200,
    body: {
      portalId,
      now: new Date(portal.clock.now()).toISOString(),
      clockOffsetMs: portal.clock.offsetMs(),
      counts,
      calls: control.calls(),
      webhooks: control.webhookSettings(),
    },
  };
}
