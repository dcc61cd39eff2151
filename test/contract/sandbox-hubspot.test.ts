import { expect } from "@jest/globals";
import { createHubSpot } from "../../src/hubspot/create-hubspot.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { createRecordingLog } from "../recording-log.ts";
import { describeHubSpotPort } from "./hubspot-port-contract.ts";
import { observeExchanges } from "./wire/observe-exchanges.ts";

describeHubSpotPort("the adapter against the sandbox", async () => {
  const sandbox = await startSandbox({ companies: 40, seed: 3, limitPer10s: 10_000 });
  const exchanges = observeExchanges(sandbox);
  return {
    port: createHubSpot({ accessToken: sandbox.appToken, baseUrl: sandbox.url, log: createRecordingLog() }),
    writable: "logins_30d",
    loseNextCreation: () => sandbox.dropNext((_method, path) => path.endsWith("/tasks/batch/create")),
    async close() {
      await sandbox.close();
      expect(exchanges.takeFaults()).toEqual([]);
    },
  };
});
