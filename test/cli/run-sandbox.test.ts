import { expect, it, jest } from "@jest/globals";
import { sandboxDefaults } from "../../src/sandbox/sandbox-options.ts";
import { freePort } from "../e2e/free-port.ts";
import { runProgram, startProgram } from "../e2e/start-program.ts";
import { eventually } from "../eventually.ts";
import { askAs } from "../sandbox/ask-as.ts";
import { startReceiver } from "../sandbox/start-receiver.ts";

const TIMEOUT_MS = 30_000;
jest.setTimeout(TIMEOUT_MS);

const { appToken, personToken } = sandboxDefaults;
const COMPANIES = "/crm/v3/objects/companies";

it("runs a portal that sends webhooks, fails and is limited as it is told", async () => {
  const receiver = await startReceiver();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Of this seed's faults the first is one that is answered.
  const options = ["--companies", "0", "--webhooks", receiver.url, "--limit", "3", "--faults", "1", "--seed", "3"];
  const program = await startProgram("cli/health.ts", ["sandbox", "--port", `${port}`, ...options], {});
  try {
    await program.said(`HUBSPOT_BASE_URL=${url}`);
    const created = await askAs(personToken, `${url}${COMPANIES}`, "POST", { properties: { name: "Havn AS" } });
    expect([created.status, created.headers.get("x-hubspot-ratelimit-max")]).toEqual([201, "3"]);
    await eventually(() => {
      const heard = receiver.events().map((event) => [event["subscriptionType"], event["propertyName"]]);
      expect(heard).toContainEqual(["object.creation", undefined]);
      expect(heard).toContainEqual(["object.propertyChange", "name"]);
    });
    expect((await askAs(appToken, `${url}${COMPANIES}`)).status).toBe(423);
  } finally {
    program.signal("SIGTERM");
    expect((await program.ended).code).toBe(0);
    await receiver.close();
  }
});

it("refuses options that say nothing", async () => {
  const refusals = [
    ["--faults", "2", "Allowed is a share from 0 to 1"],
    ["--webhooks", "localhost:3000", "Allowed is a URL"],
  ].map(async ([option = "", value = "", reason = ""]) => {
    const { code, stderr } = await runProgram("cli/health.ts", ["sandbox", option, value], {});
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });
  await Promise.all(refusals);
});
