import { existsSync } from "node:fs";
import { startTestServer } from "./test-server.ts";

/** Runs once before all suites, in a context of its own: what the suites need travels through the environment. */
export default async function setUp(): Promise<void> {
  sayWhatIsLeftOut();
  const { url, folder } = await startTestServer(process.env["TEST_DATABASE_URL"]);
  process.env["TEST_TEMPLATE_URL"] = url;
  if (folder !== undefined) process.env["TEST_SERVER_FOLDER"] = folder;
}

/** Some suites need what npm does not bring; who runs the others shall know. */
function sayWhatIsLeftOut(): void {
  const leftOut: string[] = [];
  if (process.env["TEST_DATABASE_URL"] === undefined) {
    leftOut.push("the same tests on another Postgres (set TEST_DATABASE_URL to a server where databases may be made)");
  }
  if (process.getuid?.() !== 0) leftOut.push("the embedded Postgres started by root (needs root)");
  if (!existsSync(new URL("../../shared/hubspot-recorded", import.meta.url))) {
    leftOut.push("comparison with recorded answers of HubSpot (not part of this repository)");
  }
  if (leftOut.length > 0) process.stderr.write(`left out: ${leftOut.join("; ")}\n`);
}
