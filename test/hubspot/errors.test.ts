import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import {
  HubSpotError,
  HubSpotForbidden,
  HubSpotRefused,
  HubSpotUnauthorized,
  HubSpotUnavailable,
} from "../../src/pipeline/hubspot-errors.ts";
import { hubspotAnswers, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, rejectionOf, TOKEN } from "./test-hubspot.ts";

const PATH = "/account-info/v3/details";
const CORRELATION_ID = "65b5056f-a545-4c7b-bacc-407ec686e44c";

/** What a read throws that is answered so, as often as it asks. */
async function errorOf(status: number, body: string | object, headers: Record<string, string> = {}) {
  let asked = 0;
  hubspotAnswers()
    .get(PATH)
    .optionally()
    .times(10)
    .reply(() => {
      asked += 1;
      return [status, body, headers];
    });
  const test = createTestHubSpot();
  const error = await rejectionOf(test.hubspot.readAccount());
  nock.cleanAll();
  return { error, asked, ...test };
}

useNock();

describe("HubSpot's errors", () => {
  it("401 is unauthorized, and asked once", async () => {
    const { error, asked } = await errorOf(401, {
      status: "error",
      message: "Authentication credentials not found.",
      correlationId: CORRELATION_ID,
      category: "INVALID_AUTHENTICATION",
    });

    expect(error).toBeInstanceOf(HubSpotUnauthorized);
    expect(error).toMatchObject({ call: `GET ${PATH}`, correlationId: CORRELATION_ID });
    expect(asked).toBe(1);
  });

  it("403 names the scopes that would do, in either of HubSpot's shapes", async () => {
    const inErrors = await errorOf(403, {
      status: "error",
      message: "This app hasn't been granted all required scopes to make this call.",
      correlationId: CORRELATION_ID,
      errors: [
        {
          message: "One or more of the following scopes are required.",
          context: { requiredScopes: ["tickets"], requiredGranularScopes: ["crm.objects.contacts.read", "tickets"] },
        },
      ],
      category: "MISSING_SCOPES",
    });
    const inContext = await errorOf(403, {
      message: "One or more of the following scopes are required.",
      context: { requiredGranularScopes: ["custom-object-read"] },
    });
    const nowhere = await errorOf(403, {
      status: "error",
      message: "(requires one of [companies-read])",
      correlationId: CORRELATION_ID,
    });

    expect(inErrors.error).toBeInstanceOf(HubSpotForbidden);
    expect(inErrors.error).toMatchObject({ requiredScopes: ["tickets", "crm.objects.contacts.read"] });
    expect(inContext.error).toMatchObject({ requiredScopes: ["custom-object-read"] });
    expect(nowhere.error).toBeInstanceOf(HubSpotForbidden);
    expect(nowhere.error).toMatchObject({ requiredScopes: [] });
  });

  it.each([
    ["a firewall's page", 403, "<html>Access denied</html>"],
    ["nothing", 403, ""],
    ["JSON of something in between", 403, '{"message":"Forbidden"}'],
    ["another category", 403, { category: "BANNED", message: "no", correlationId: CORRELATION_ID }],
    ["a redirect's page", 302, "<html>Sign in</html>"],
    ["a redirect in JSON", 307, { message: "elsewhere" }],
    ["a gateway's page", 400, "<html>Bad request</html>"],
    ["a gateway's page", 405, "<html>Not allowed</html>"],
    ["nothing", 409, ""],
    ["too early", 425, { message: "early" }],
  ])("takes %s (%d) for one that stands in between", async (_what, status, body) => {
    const { error } = await errorOf(status, body);

    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(error).toMatchObject({ status });
  });

  it.each([
    [401, HubSpotUnauthorized],
    [413, HubSpotRefused],
    [414, HubSpotRefused],
  ])("takes a page of %d at its word", async (status, kind) => {
    expect((await errorOf(status, "<html></html>")).error).toBeInstanceOf(kind);
  });

  it.each([
    ["408", 408, {}, 0],
    ["423", 423, {}, 2_000],
    ["429 of ten seconds", 429, { policyName: "TEN_SECONDLY_ROLLING", errorType: "RATE_LIMIT" }, 10_000],
    ["429 of a second", 429, { policyName: "SECONDLY", category: "RATE_LIMITS" }, 1_000],
    ["429 of a day", 429, { policyName: "DAILY" }, 900_000],
    ["429 of a policy not known", 429, { policyName: "HOURLY" }, 10_000],
    ["477", 477, {}, 60_000],
    ["500", 500, {}, 0],
    ["524", 524, {}, 0],
  ])("%s is unavailable", async (_name, status, body, retryAfterMs) => {
    const { error } = await errorOf(status, { message: "x", ...body });

    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(error).toMatchObject({ status, retryAfterMs });
  });

  it("Retry-After, where it is sent, is what is waited", async () => {
    const { error, asked } = await errorOf(477, { message: "moving" }, { "retry-after": "3600" });

    expect(error).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(asked).toBe(1);
  });

  it.each([400, 404, 409, 414])("%d is refused, and asked once", async (status) => {
    const { error, asked } = await errorOf(status, { message: "no", category: "VALIDATION_ERROR" });

    expect(error).toBeInstanceOf(HubSpotRefused);
    expect(error).toMatchObject({ status, category: "VALIDATION_ERROR" });
    expect(asked).toBe(1);
  });

  it.each([
    ["text in JSON", '"no"'],
    ["null", "null"],
    ["another shape", '{"message":{"deep":1},"errors":"many","context":[1]}'],
  ])("survives a body of %s", async (_name, body) => {
    const { error } = await errorOf(404, body, { "x-hubspot-correlation-id": CORRELATION_ID });

    expect(error).toBeInstanceOf(HubSpotRefused);
    expect(error).toMatchObject({ category: null, correlationId: CORRELATION_ID });
  });

  it.each([
    ["HTML", "<html><body>HTTP ERROR 404</body></html>"],
    ["nothing", ""],
  ])(
    "takes a 404 with a body of %s, where nothing can be missing, for one of something in between",
    async (_name, body) => {
      const { error, asked } = await errorOf(404, body, { "x-hubspot-correlation-id": CORRELATION_ID });

      expect(error).toBeInstanceOf(HubSpotUnavailable);
      expect(error).toMatchObject({ status: 404, correlationId: CORRELATION_ID });
      expect(asked).toBe(3);
    },
  );

  it("cuts a long message, of which HubSpot makes one per row", async () => {
    const { error } = await errorOf(400, { message: "x".repeat(10_000) });

    expect(error instanceof Error && error.message.length).toBeLessThan(700);
  });

  it("an answer that is not HubSpot's counts as none", async () => {
    const { error, asked } = await errorOf(200, "<html>Sign in to the hotel's network</html>");

    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(error).toMatchObject({ status: null });
    expect(asked).toBe(3);
  });

  it("carries the message, the category and the correlation id, and never the token nor the rest of the body", async () => {
    const { error, logged } = await errorOf(
      400,
      { message: `Cannot read token ${TOKEN}`, category: "BAD", correlationId: CORRELATION_ID, values: "private" },
      { "x-secret": "header" },
    );

    const text = error instanceof HubSpotError ? `${error.message} ${JSON.stringify(error)}` : "";
    expect(text).toContain("Cannot read token [token]");
    expect(text).toContain("BAD");
    expect(text).toContain(CORRELATION_ID);
    for (const secret of [TOKEN, "private", "header"]) expect(text + logged.join()).not.toContain(secret);
  });
});
