import { once } from "node:events";
import { startSandbox } from "../sandbox/start-sandbox.ts";

export type SandboxArguments = { port: number; companies: number; seed: number; file?: string };

/** Runs the sandbox portal until Ctrl-C. */
export async function runSandbox(options: SandboxArguments): Promise<void> {
  const sandbox = await startSandbox(options);
  console.log(`sandbox portal ${sandbox.portalId} on ${sandbox.url}`);
  console.log(`  HUBSPOT_BASE_URL=${sandbox.url}`);
  console.log(`  HUBSPOT_ACCESS_TOKEN=${sandbox.appToken}`);
  console.log(`  HUBSPOT_CLIENT_SECRET=${sandbox.clientSecret}`);
  console.log(`  a person's token: ${sandbox.personToken}`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await sandbox.close();
}
