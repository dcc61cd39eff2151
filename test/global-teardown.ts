import { stopTestServer } from "./test-server.ts";

/** Runs once after all suites, also when they failed. */
export default async function tearDown(): Promise<void> {
  const url = process.env["TEST_TEMPLATE_URL"];
  if (url !== undefined) await stopTestServer({ url, folder: process.env["TEST_SERVER_FOLDER"] });
}
