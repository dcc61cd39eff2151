import closeWithGrace from "close-with-grace";
import { isCron, startService } from "./compose.ts";
import { createLog } from "./config/create-log.ts";
import { listSecrets, parseEnvironment } from "./config/environment.ts";
import { loadDotenv } from "./config/load-dotenv.ts";
import { reasonNotToStart } from "./config/reason-not-to-start.ts";

/** Orchestrators kill after 10 s: what is under way must have ended, or been given back, by then. */
const STOP_WITHIN_MS = 8_000;

try {
  const environment = parseEnvironment(loadDotenv(), isCron);
  const log = createLog({ level: environment.logLevel, secrets: listSecrets(environment) });
  const starting = startService({ environment, log }, (error) => {
    log.error({ error }, "this service must not go on");
    const stopped = starting.then((service) => service.stop(STOP_WITHIN_MS));
    void stopped.catch(() => undefined).then(() => process.exit(1));
  });
  closeWithGrace(
    { delay: STOP_WITHIN_MS + 1_000, logger: false, skip: ["beforeExit", "SIGHUP"] },
    async ({ signal, err }) => {
      if (err) log.error({ error: err }, "an error that nothing caught; the service ends");
      log.info({ signal }, "stopping");
      const service = await starting.catch(() => null);
      await service?.stop(STOP_WITHIN_MS);
    },
  );
  process.on("SIGHUP", () => {
    starting.then((service) => service.reloadRules()).catch(() => undefined);
  });
  await starting;
} catch (error) {
  process.stderr.write(`${reasonNotToStart(error)}\n`);
  process.exitCode = 1;
}
