import { once } from "node:events";
import { InvalidArgumentError } from "commander";
import { startSandbox } from "../sandbox/start-sandbox.ts";

export type SandboxArguments = { port: string; companies: string; seed: string; file?: string };

/** Runs the sandbox portal until Ctrl-C. */
export async function runSandbox({ port, companies, seed, file }: SandboxArguments): Promise<void> {
  const sandbox = await startSandbox({
    port: wholeNumber("--port", port, 65_535),
    companies: wholeNumber("--companies", companies, 1_000_000),
    seed: wholeNumber("--seed", seed, 2 ** 32 - 1),
    ...(file === undefined ? {} : { file }),
  });
  console.log(`sandbox portal ${sandbox.portalId} on ${sandbox.url}`);
  console.log(`  HUBSPOT_BASE_URL=${sandbox.url}`);
  console.log(`  HUBSPOT_ACCESS_TOKEN=${sandbox.appToken}`);
  console.log(`  HUBSPOT_CLIENT_SECRET=${sandbox.clientSecret}`);
  console.log(`  a person's token: ${sandbox.personToken}`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await sandbox.close();
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new InvalidArgumentError(`${option} takes a whole number from 0 to ${most}, not ${JSON.stringify(text)}`);
}
