import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { setUpPortal } from "../../src/pipeline/setup.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { pipelineRules } from "../pipeline/pipeline-rules.ts";
import { createTestHubSpot } from "./test-hubspot.ts";

describe("the calls of a set-up", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  it("are few in an empty portal, and fewer in one that is set up", async () => {
    const { hubspot } = createTestHubSpot({ accessToken: sandbox.appToken, baseUrl: sandbox.url });
    const callsOf = async () => {
      sandbox.forgetCalls();
      const { created } = await setUpPortal(hubspot, pipelineRules());
      return { made: created.length, calls: Object.values(sandbox.calls).reduce((sum, calls) => sum + calls, 0) };
    };
    expect(await callsOf()).toEqual({ made: 8, calls: 10 });
    expect(await callsOf()).toEqual({ made: 0, calls: 4 });
  });
});
