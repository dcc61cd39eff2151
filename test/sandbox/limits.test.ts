import { afterEach, describe, expect, it } from "@jest/globals";

import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

let open: OpenSandbox;
afterEach(() => open.sandbox.close());

describe("the limits", () => {
  it("give as many calls as the window holds, and more as it slides", async () => {
    let monotonicMs = 0;
    open = await openSandbox({ limitPer10s: 3, monotonicMs: () => monotonicMs });
    const read = () => open.app.list("companies");
    await read();
    monotonicMs = 6_000;
    await read();
    await read();
    const refusal = await refusalOf(read());
    expect(refusal.code).toBe(429);
    expect(refusal.body).toMatchObject({ policyName: "TEN_SECONDLY_ROLLING", errorType: "RATE_LIMIT" });
    expect(refusal.headers).toMatchObject({ "x-hubspot-ratelimit-max": "3", "x-hubspot-ratelimit-remaining": "0" });
    await open.person.list("companies");
    monotonicMs = 10_001;
    await read();
    expect((await refusalOf(read())).code).toBe(429);
    expect(open.sandbox.requests(({ status }) => status === 429)).toHaveLength(2);
  });

  it("count down in the headers", async () => {
    open = await openSandbox({ limitPer10s: 190 });
    const answer = await open.app.client.apiRequest({ path: "/crm/v3/objects/companies" });
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      "x-hubspot-ratelimit-daily": "625000",
      "x-hubspot-ratelimit-daily-remaining": "624999",
      "x-hubspot-ratelimit-interval-milliseconds": "10000",
      "x-hubspot-ratelimit-max": "190",
      "x-hubspot-ratelimit-remaining": "189",
      "x-hubspot-ratelimit-secondly": "19",
      "x-hubspot-ratelimit-secondly-remaining": "18",
    });
  });

  it("give five searches a second, apart from the other calls", async () => {
    let monotonicMs = 0;
    open = await openSandbox({ limitPer10s: 1, monotonicMs: () => monotonicMs });
    const search = () => open.app.search("companies", [], { limit: 1 });
    for (let count = 0; count < 5; count += 1) await search();
    const refusal = await refusalOf(search());
    expect(refusal.body).toMatchObject({ policyName: "SECONDLY", message: "You have reached your secondly limit." });
    const names = Object.keys(refusal.headers).filter((name) => name.startsWith("x-hubspot-ratelimit"));
    expect(names.sort()).toEqual(["x-hubspot-ratelimit-daily", "x-hubspot-ratelimit-daily-remaining"]);
    monotonicMs = 1_001;
    await search();
    await open.app.list("companies");
  });
});
