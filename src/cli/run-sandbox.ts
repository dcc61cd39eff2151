import { everySubscription } from "./every-subscription.ts";
import { endOnSignal, Interrupted } from "./end-on-signal.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";

export type SandboxArguments = {
  port: number;
  companies: number;
  seed: number;
  file?: string;
  webhooks?: string;
  faults?: number;
  limit?: number;
};

/** Runs the sandbox portal until Ctrl-C. */
export async function runSandbox({ webhooks, faults, limit, ...options }: SandboxArguments): Promise<void> {
  const run = endOnSignal(
    () =>
      startSandbox({
        ...options,
        ...(webhooks === undefined ? {} : { targetUrl: webhooks, subscriptions: everySubscription() }),
        ...(faults === undefined ? {} : { faults: { rate: faults, seed: options.seed } }),
        ...(limit === undefined ? {} : { limitPer10s: limit }),
      }),
    async (sandbox) => {
      console.log(`sandbox portal ${sandbox.portalId} on ${sandbox.url}`);
      console.log(`  HUBSPOT_BASE_URL=${sandbox.url}`);
      console.log(`  HUBSPOT_ACCESS_TOKEN=${sandbox.appToken}`);
      console.log(`  HUBSPOT_CLIENT_SECRET=${sandbox.clientSecret}`);
      console.log(`  a person's token: ${sandbox.personToken}`);
      await new Promise(() => undefined);
    },
    (sandbox) => sandbox.close(),
  );
  await run.catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
}
