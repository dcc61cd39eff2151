import type { CallBudget, CallWindow, Closing } from "../pipeline/call-budget-port.ts";
import { HubSpotClosed } from "../pipeline/hubspot-errors.ts";
import type { Clock } from "./clock.ts";

/** Whether calls may be sent at all. Closings are shared over the budget. */
export type Door = {
  /** Waits through a short pause; throws `HubSpotClosed` where the wait is longer than a caller should hang. */
  pass(call: string, windows: readonly CallWindow[]): Promise<void>;
  /** Closes for all processes, for this one at once. */
  close(closing: Closing): void;
};

type Shut = Closing & { endsAt: number };
type DoorSettings = { budget: CallBudget; clock: Clock; now: () => Date; onLost: (error: unknown) => void };

const WINDOWS: readonly CallWindow[] = ["general", "association", "search"];
const PATIENCE_MS = 15_000;
/** How long one relies on what was last seen of other processes' closings. */
const SEEN_FOR_MS = 1_000;

export function createDoor({ budget, clock, now, onLost }: DoorSettings): Door {
  const shut = new Map<CallWindow, Shut>();
  const looks = new Map<CallWindow, { at: number; done: Promise<void> }>();

  // A pause ends by the clock that the windows go by, a day by the calendar.
  const leftMs = ({ reason, until, endsAt }: Shut) =>
    reason === "day" ? until.getTime() - now().getTime() : endsAt - clock.now();

  function keepFor(windows: readonly CallWindow[], { window, reason, until }: Closing): void {
    const made = { window, reason, until, endsAt: clock.now() + until.getTime() - now().getTime() };
    for (const one of windows) {
      const kept = shut.get(one);
      if (kept === undefined || leftMs(kept) < leftMs(made)) shut.set(one, made);
    }
  }

  async function look(window: CallWindow): Promise<void> {
    const closing = await budget.closing(window, now());
    if (closing !== null) keepFor([window], closing);
  }

  /** Those that ask at once wait for one look. */
  function see(window: CallWindow): Promise<void> {
    const last = looks.get(window);
    if (last !== undefined && clock.now() - last.at < SEEN_FOR_MS) return last.done;
    const done = look(window);
    looks.set(window, { at: clock.now(), done });
    done.catch(() => looks.delete(window));
    return done;
  }

  function longestOf(windows: readonly CallWindow[]): Shut | undefined {
    return windows
      .flatMap((window) => shut.get(window) ?? [])
      .filter((one) => leftMs(one) > 0)
      .sort((a, b) => leftMs(b) - leftMs(a))[0];
  }

  return {
    async pass(call, windows) {
      await Promise.all(windows.map(see));
      for (let found = longestOf(windows); found; found = longestOf(windows)) {
        if (found.reason === "day" || leftMs(found) > PATIENCE_MS) throw closed(call, found, leftMs(found), now());
        await clock.sleep(leftMs(found));
      }
    },
    close(closing) {
      keepFor(closing.window === "all" ? WINDOWS : [closing.window], closing);
      budget.close(closing, now()).catch(onLost);
    },
  };
}

function closed(call: string, { window, reason }: Shut, leftMs: number, now: Date): HubSpotClosed {
  const until = new Date(now.getTime() + leftMs);
  const why =
    reason === "day"
      ? `the calls of the day are spent but for the reserve, until ${until.toISOString()}`
      : `HubSpot asked for a pause of another ${Math.ceil(leftMs / 1_000)} s`;
  return new HubSpotClosed(`${call} was not sent: ${why}`, { call, window, reason, until, retryAfterMs: leftMs });
}
