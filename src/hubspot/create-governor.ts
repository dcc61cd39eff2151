import type { CallBudget, CallWindow } from "../pipeline/call-budget-port.ts";
import { HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { Log } from "../pipeline/log.ts";
import type { Priority } from "../pipeline/store-port.ts";
import { callWindowsOf, sizeOfWindow } from "./call-windows.ts";
import type { Clock } from "./clock.ts";
import { createCircuit } from "./create-circuit.ts";
import { createDay, type Day } from "./create-day.ts";
import { createDoor } from "./create-door.ts";
import { createTurns, type Turns } from "./create-turns.ts";

/** Keeps the calls of all processes on one budget under HubSpot's limits by letting them wait for their turn. */
export type Governor = {
  /**
   * Waits for a turn, then calls. While nothing may be sent for longer than callers should hang, it throws
   * `HubSpotClosed` at once.
   */
  run<T>(call: GovernedCall, send: () => Promise<T>): Promise<T>;
  /** Nothing is sent for the next `ms`, or nothing of one window. */
  pause(window: CallWindow | "all", ms: number): void;
  /** Learns the portal's own limit per ten seconds (its `x-hubspot-ratelimit-max`); a limit that was set still holds. */
  learnLimit(limitPer10s: number): void;
  day: Pick<Day, "learn" | "learnZone" | "end">;
};

/** `name` as `POST /crm/v3/objects/tasks/batch/create`. */
export type GovernedCall = { name: string; path: string; priority: Priority };

export type GovernorSettings = {
  budget: CallBudget;
  clock: Clock;
  now: () => Date;
  dailyReserve: number;
  limitPer10s?: number;
  log: Pick<Log, "warn">;
};

/** Professional and Enterprise portals; the first answer tells the portal's own. */
const USUAL_LIMIT_PER_10S = 190;
const WINDOWS: readonly CallWindow[] = ["general", "association", "search"];

/** @see https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
export function createGovernor({ budget, clock, now, dailyReserve, limitPer10s, log }: GovernorSettings): Governor {
  let limit = limitPer10s ?? USUAL_LIMIT_PER_10S;
  const onLost = (error: unknown) => log.warn({ error }, "the budget of calls could not be told something");
  const turns = new Map<CallWindow, Turns>(
    WINDOWS.map((window) => {
      return [window, createTurns({ budget, window, limit: sizeOfWindow(window, limit), clock, onLost })];
    }),
  );
  const door = createDoor({ budget, clock, now, onLost });
  const day = createDay({ budget, door, clock, now, reserve: dailyReserve, mostUnderWay: () => limit, onLost });
  const circuit = createCircuit({ now });

  async function pass({ name }: GovernedCall, windows: readonly CallWindow[]): Promise<void> {
    await ofBudget(name, () => door.pass(name, windows));
  }

  async function inTurn<T>(
    call: GovernedCall,
    [window, ...others]: readonly CallWindow[],
    send: () => Promise<T>,
  ): Promise<T> {
    const own = window && turns.get(window);
    if (!own) return send();
    const turn = await ofBudget(call.name, () => own.take(call.priority));
    try {
      return await inTurn(call, others, send);
    } finally {
      own.giveBack(turn);
    }
  }

  return {
    async run(call, send) {
      const windows = callWindowsOf(call.path);
      await pass(call, windows);
      return inTurn(call, windows, async () => {
        await pass(call, windows);
        return circuit.run(call.name, () => {
          if (windows.includes("association")) day.countAssociation();
          return send();
        });
      });
    },
    pause: (window, ms) => door.close({ window, reason: "pause", until: new Date(now().getTime() + ms) }),
    learnLimit(learnt) {
      limit = Math.min(learnt, limitPer10s ?? learnt);
      for (const [window, ones] of turns) ones.setLimit(sizeOfWindow(window, limit));
    },
    day,
  };
}

/** What the budget cannot do keeps the call from being sent: for the caller that is as if HubSpot were away. */
async function ofBudget<T>(call: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof HubSpotUnavailable) throw cause;
    const details = { call, correlationId: null, status: null, retryAfterMs: 0, cause };
    throw new HubSpotUnavailable(`${call} was not sent: the budget of calls cannot be reached`, details);
  }
}
