import { Client } from "@hubspot/api-client";

import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { createLinkCalls } from "./link-calls.ts";
import { createObjectCalls } from "./object-calls.ts";
import { createPropertyCalls } from "./property-calls.ts";

export const START = Date.parse("2026-10-05T09:00:00.000Z");

/** One token's view of the portal, through HubSpot's own client. */
export type Caller = ReturnType<typeof createObjectCalls> &
  ReturnType<typeof createLinkCalls> &
  ReturnType<typeof createPropertyCalls> & { client: Client };

/** A sandbox with callers as the app and as a person, and a clock that only the test moves. */
export type OpenSandbox = {
  sandbox: Sandbox;
  app: Caller;
  person: Caller;
  /** Moves the outer clock. */
  pass(milliseconds: number): void;
};

export async function openSandbox(options: SandboxOptions = {}): Promise<OpenSandbox> {
  let nowMs = START;
  const sandbox = await startSandbox({ now: () => new Date(nowMs), limitPer10s: 10_000, ...options });
  const call = (accessToken: string): Caller => {
    const client = new Client({ accessToken, basePath: sandbox.url, numberOfApiCallRetries: 0 });
    return { ...createObjectCalls(client), ...createLinkCalls(client), ...createPropertyCalls(client), client };
  };
  return {
    sandbox,
    app: call(sandbox.appToken),
    person: call(sandbox.personToken),
    pass: (milliseconds) => {
      nowMs += milliseconds;
    },
  };
}

/** What a rejected SDK call carries. */
export type Refusal = { code: number; body: unknown; headers: Record<string, string> };

/** The refusal of a call that must fail. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error) || !("code" in outcome && "body" in outcome && "headers" in outcome))
    throw new Error("the call was not refused by an answer", { cause: outcome });
  return { code: Number(outcome.code), body: outcome.body, headers: outcome.headers as Record<string, string> };
}
