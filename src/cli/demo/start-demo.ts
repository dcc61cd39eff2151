import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { isCron, startService, type Service } from "../../compose.ts";
import { createLog } from "../../config/create-log.ts";
import { demoEnvironment } from "../../config/demo-environment.ts";
import { listSecrets } from "../../config/environment.ts";
import { reasonNotToStart } from "../../config/reason-not-to-start.ts";
import { subscriptionsOf } from "../../pipeline/subscriptions.ts";
import { sandboxDefaults } from "../../sandbox/sandbox-options.ts";
import { startSandbox, type Sandbox } from "../../sandbox/start-sandbox.ts";

const COMPANIES = 300;
const SEED = 1;
const PORTAL_PORT = 4100;
const SERVICE_PORT = 3000;
const STOP_WITHIN_MS = 5_000;
const LIVE_EVERY_MS = 60_000;

export type Demo = {
  sandbox: Sandbox;
  service: Service;
  adminToken: string;
  logFile: string;
  stop(): Promise<void>;
};

/** Starts a sandbox portal and a service on it, both kept in a folder between runs. */
export async function startDemo({ dataDir, ports }: { dataDir: string; ports: "fixed" | "free" }): Promise<Demo> {
  await mkdir(dataDir, { recursive: true });
  const port = ports === "fixed" ? SERVICE_PORT : await freePort();
  const adminToken = randomBytes(24).toString("hex");
  const sandbox = await startSandbox({
    port: ports === "fixed" ? PORTAL_PORT : 0,
    companies: COMPANIES,
    seed: SEED,
    file: join(dataDir, "portal.json"),
    targetUrl: `http://127.0.0.1:${port}/webhooks/hubspot`,
    subscriptions: [],
  });
  const logFile = join(dataDir, "service.log");
  const logStream = createWriteStream(logFile, { flags: "a" });
  try {
    const environment = demoEnvironment(
      {
        port,
        dataDir: join(dataDir, "service"),
        portalUrl: sandbox.url,
        accessToken: sandboxDefaults.appToken,
        clientSecret: sandboxDefaults.clientSecret,
        adminToken,
      },
      isCron,
    );
    const log = createLog({ level: environment.logLevel, secrets: listSecrets(environment), destination: logStream });
    const service = await startService({ environment, log }, (error) => {
      console.error(reasonNotToStart(error));
      process.exit(1);
    });
    sandbox.webhooks.configure({
      targetUrl: `http://127.0.0.1:${port}/webhooks/hubspot`,
      subscriptions: subscriptionsOf(service.rules),
    });
    // The made-up customers live on while the demo stays up.
    const living = setInterval(() => sandbox.advanceTo(new Date(sandbox.portal.clock.now())), LIVE_EVERY_MS);
    return {
      sandbox,
      service,
      adminToken,
      logFile,
      async stop() {
        clearInterval(living);
        await service.stop(STOP_WITHIN_MS);
        await sandbox.close();
        logStream.end();
      },
    };
  } catch (error) {
    await sandbox.close();
    logStream.end();
    throw error;
  }
}

/** A port that was free a moment ago: the service must know its address before it listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no free port on 127.0.0.1");
  return address.port;
}
