import { HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { Clock } from "./clock.ts";
import { createTurns } from "./create-turns.ts";

/** What a call counts as: HubSpot allows searches apart, and far fewer of them. */
export type CallKind = "search" | "other";

/** Keeps all calls of this process under HubSpot's limits by letting them wait for their turn. */
export type Governor = {
  /**
   * Waits for a turn, then calls. While HubSpot has shut its door for longer than callers should hang, it throws
   * `HubSpotUnavailable` (429) at once, and nothing is sent.
   */
  run<T>(kind: CallKind, call: string, send: () => Promise<T>): Promise<T>;
  /** Sends nothing for the next `ms`. */
  pause(ms: number): void;
  /** Learns the portal's own limit per ten seconds (its `x-hubspot-ratelimit-max`); a limit that was set still holds. */
  learnLimit(limitPer10s: number): void;
};

/** Professional and Enterprise portals; the first answer tells the portal's own. */
const USUAL_LIMIT_PER_10S = 190;
/** HubSpot allows five searches a second to all apps of the portal together; one is left to the others. */
const SEARCHES_PER_SECOND = 4;
const PATIENCE_MS = 15_000;

/** @see https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
export function createGovernor(settings: { clock: Clock; limitPer10s?: number }): Governor {
  const { clock, limitPer10s } = settings;
  const turns = createTurns({ limit: limitPer10s ?? USUAL_LIMIT_PER_10S, spanMs: 10_000, clock });
  const searchTurns = createTurns({ limit: SEARCHES_PER_SECOND, spanMs: 1_000, clock });
  let shutUntil = 0;

  async function passDoor(call: string): Promise<void> {
    for (let leftMs = shutUntil - clock.now(); leftMs > 0; leftMs = shutUntil - clock.now()) {
      if (leftMs > PATIENCE_MS) throw doorIsShut(call, leftMs);
      await clock.sleep(leftMs);
    }
  }

  async function inTurn<T>(own: { take(): Promise<void>; giveBack(): void }, send: () => Promise<T>): Promise<T> {
    await own.take();
    try {
      return await send();
    } finally {
      own.giveBack();
    }
  }

  return {
    async run(kind, call, send) {
      await passDoor(call);
      const passAndSend = () => passDoor(call).then(send);
      const withTurn = () => inTurn(turns, passAndSend);
      return kind === "search" ? inTurn(searchTurns, withTurn) : withTurn();
    },
    pause: (ms) => {
      shutUntil = Math.max(shutUntil, clock.now() + ms);
    },
    learnLimit: (learned) => turns.setLimit(Math.min(learned, limitPer10s ?? learned)),
  };
}

function doorIsShut(call: string, leftMs: number): HubSpotUnavailable {
  const message = `${call} was not sent: HubSpot takes no calls for ${Math.ceil(leftMs / 1000)} s (429)`;
  return new HubSpotUnavailable(message, { call, correlationId: null, status: 429, retryAfterMs: leftMs });
}
