import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { createCircuit } from "../../src/hubspot/create-circuit.ts";
import {
  HubSpotClosed,
  HubSpotForbidden,
  HubSpotRefused,
  HubSpotUnavailable,
} from "../../src/pipeline/hubspot-errors.ts";
import { rejectionOf } from "./test-hubspot.ts";

const details = { call: "GET /x", correlationId: null };
const unavailable = (status: number | null) => new HubSpotUnavailable("away", { ...details, status, retryAfterMs: 0 });

describe("the circuit", () => {
  let nowMs: number;
  let circuit: ReturnType<typeof createCircuit>;
  let sends: number;

  beforeEach(() => {
    nowMs = Date.UTC(2026, 10, 22);
    sends = 0;
    jest.spyOn(Date, "now").mockImplementation(() => nowMs);
    circuit = createCircuit({ now: () => new Date(nowMs) });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const answer = (with_: Error | string) =>
    circuit.run("GET /x", () => {
      sends += 1;
      return with_ instanceof Error ? Promise.reject(with_) : Promise.resolve(with_);
    });
  const fail = async (times: number, error: Error = unavailable(503)) => {
    for (let time = 0; time < times; time += 1) expect(await rejectionOf(answer(error))).toBe(error);
  };

  it.each([null, 500, 502, 503, 504, 521])(
    "opens after five answers in a row like %s, and sends nothing",
    async (status) => {
      await fail(5, unavailable(status));
      const error = await rejectionOf(answer("well"));
      expect(error).toBeInstanceOf(HubSpotClosed);
      expect(error).toMatchObject({ reason: "circuit", retryAfterMs: 10_000, until: new Date(nowMs + 10_000) });
      expect(sends).toBe(5);
    },
  );

  it.each<[string, Error | string]>([
    ["an answer", "well"],
    ["a refusal", new HubSpotRefused("bad", { ...details, status: 400, category: null })],
    ["a missing scope", new HubSpotForbidden("no", { ...details, requiredScopes: [] })],
    ["423", unavailable(423)],
    ["429", unavailable(429)],
    ["477", unavailable(477)],
  ])("takes %s for a sign of life", async (_what, sign) => {
    await fail(4);
    await answer(sign).catch(() => undefined);
    await fail(4);
    expect(await answer("well")).toBe("well");
  });

  it("lets one call try when its time has come, and closes when that is answered", async () => {
    await fail(5);
    nowMs += 9_999;
    await rejectionOf(answer("well"));
    nowMs += 1;
    let respond: (text: string) => void = () => undefined;
    const trying = circuit.run("GET /x", () => new Promise<string>((resolve) => (respond = resolve)));
    expect(await rejectionOf(answer("well"))).toMatchObject({ reason: "circuit", retryAfterMs: 1_000 });
    expect(sends).toBe(5);
    respond("well");
    expect(await trying).toBe("well");
    expect(await answer("well")).toBe("well");
  });

  it("tries at once where the clock was set back: how long it was open is not known", async () => {
    await fail(5);
    nowMs -= 3_600_000;
    await fail(1);
    expect(await rejectionOf(answer("well"))).toMatchObject({ retryAfterMs: 10_000 });
    nowMs -= 3_600_000;
    expect(await answer("well")).toBe("well");
  });

  it("waits longer each time that the try fails, up to a minute, and from the beginning once it was well", async () => {
    await fail(5);
    for (const waitMs of [10_000, 20_000, 40_000, 60_000, 60_000]) {
      expect(await rejectionOf(answer("well"))).toMatchObject({ retryAfterMs: waitMs });
      nowMs += waitMs;
      await fail(1);
    }
    nowMs += 60_000;
    expect(await answer("well")).toBe("well");
    await fail(5);
    expect(await rejectionOf(answer("well"))).toMatchObject({ retryAfterMs: 10_000 });
  });
});
