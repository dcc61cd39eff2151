import { createClock } from "./clock.ts";
import { fillPortal, type Play, playUntil } from "./generator/generator.ts";
import { loadPortal } from "./persistence/portal-file.ts";
import { restorePortal } from "./persistence/saved-portal.ts";
import { createPortal, type Portal } from "./portal/portal.ts";
import type { WebhookSettings } from "./webhooks/subscription.ts";

export type OpenedPortal = {
  portal: Portal;
  /** The play that moves the portal on, or null for one that nobody made up. */
  play: Play | null;
  /** The webhook settings that were saved, or null for a new portal. */
  webhooks: WebhookSettings | null;
};

/**
 * A saved portal, played up to now, or a new one with `companies` made-up companies. Nobody listens yet, so none of it
 * makes webhooks.
 */
export async function openPortal(
  now: () => Date,
  file: string | null,
  seed: number,
  companies: number,
): Promise<OpenedPortal> {
  const saved = file === null ? null : await loadPortal(file);
  const portal = createPortal(createClock(now, saved?.clockOffsetMs));
  if (!saved) return { portal, play: companies > 0 ? fillPortal(portal, seed, companies) : null, webhooks: null };
  restorePortal(portal, saved);
  if (saved.play) playUntil(portal, saved.play, portal.clock.now(), saved.savedAt);
  return { portal, play: saved.play, webhooks: saved.webhooks };
}
