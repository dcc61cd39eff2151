import { endOnSignal, Interrupted } from "./end-on-signal.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";

export type SandboxArguments = { port: number; companies: number; seed: number; file?: string };

/** Runs the sandbox portal until Ctrl-C. */
export async function runSandbox(options: SandboxArguments): Promise<void> {
  const run = endOnSignal(
    () => startSandbox(options),
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
