import { parseProjectConfig } from "@hubspot/project-parsing-lib/projects";
import { isTranslationError, translate } from "@hubspot/project-parsing-lib/translate";
import nock from "nock";
import { join } from "node:path";

const ACCOUNT_ID = 1;

const text = { type: "string", minLength: 1 };
const texts = { type: "array", items: text };
const events = (properties: object, required: string[]) => ({
  type: "array",
  items: {
    type: "object",
    properties: { subscriptionType: text, active: { type: "boolean" }, ...properties },
    required: ["subscriptionType", "active", ...required],
    additionalProperties: false,
  },
});
const closed = (properties: object, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

/**
 * HubSpot's tool fetches the schemas of the parts of a project from the account. These are written after its
 * documentation and its project templates: https://developers.hubspot.com/docs/apps/developer-platform/build-apps/app-configuration
 */
const schemas = {
  APPLICATION: closed(
    {
      name: text,
      description: text,
      distribution: { enum: ["private", "marketplace"] },
      auth: closed({
        type: { enum: ["static", "oauth"] },
        requiredScopes: { ...texts, minItems: 1 },
        optionalScopes: texts,
        conditionallyRequiredScopes: texts,
      }),
      permittedUrls: closed({ fetch: texts, iframe: texts, img: texts }),
      support: closed({ supportEmail: text, documentationUrl: text, supportUrl: text, supportPhone: text }, [
        "supportEmail",
      ]),
    },
    ["name", "description", "distribution", "auth"],
  ),
  WEBHOOKS: closed({
    settings: closed({
      targetUrl: { type: "string", format: "uri", pattern: "^https://" },
      maxConcurrentRequests: { type: "integer", minimum: 6 },
    }),
    subscriptions: closed({
      crmObjects: events({ objectType: text, propertyName: text }, ["objectType"]),
      legacyCrmObjects: events({ propertyName: text }, []),
      hubEvents: events({}, []),
    }),
  }),
};

/** What HubSpot's own tool finds wrong with a project; empty where it would take it. */
export async function parseAsHubSpot(folder: string): Promise<string> {
  const { srcDir, platformVersion } = parseProjectConfig(folder);
  const scope = nock("https://api.hubapi.com")
    .get(`/project-components-external/project-schemas/v3/${platformVersion}`)
    .query(true)
    .reply(200, schemas);
  try {
    await translate({
      projectSourceDir: join(folder, srcDir),
      platformVersion,
      accountId: ACCOUNT_ID,
    });
    return "";
  } catch (error) {
    if (isTranslationError(error)) return error.toString();
    throw error;
  } finally {
    scope.done();
  }
}
