import { pino } from "pino";
import { createHubSpot, type HubSpotSettings } from "../../src/hubspot/create-hubspot.ts";
import type { HubSpotPort } from "../../src/pipeline/hubspot-port.ts";

export const TOKEN = "pat-eu1-00000000-0000-4000-8000-000000000000";

export type TestHubSpot = {
  hubspot: HubSpotPort;
  /** What was waited for, in order; the clock leaps over it. */
  waitedMs: number[];
  logged: string[];
};

export function createTestHubSpot(settings: Partial<HubSpotSettings> = {}): TestHubSpot {
  const waitedMs: number[] = [];
  const logged: string[] = [];
  let nowMs = 0;
  const clock = {
    now: () => nowMs,
    sleep(ms: number) {
      waitedMs.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
  };
  const log = pino({ level: "debug" }, { write: (line: string) => logged.push(line) });
  const hubspot = createHubSpot({ accessToken: TOKEN, log, clock, random: () => 0.5, ...settings });
  return { hubspot, waitedMs, logged };
}

/** What a promise was rejected with; a promise that is kept fails the test. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("Expected a rejection, and the promise was kept");
}
