import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFiles } from "../../../src/cli/project/project-files.ts";
import { ProjectDiffers, writeProject } from "../../../src/cli/project/write-project.ts";
import { readAppFile } from "../../../src/config/read-app-file.ts";
import { readRulesFile } from "../../../src/config/read-rules-file.ts";
import { subscriptionsOf } from "../../../src/pipeline/subscriptions.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import { RULES_FILE } from "../../e2e/rules-file.ts";
import { useNock } from "../../hubspot/nock-hubspot.ts";
import { parseAsHubSpot } from "./hubspot-parser.ts";

useNock();

const APP_FILE = "src/app/app-hsmeta.json";
const WEBHOOKS_FILE = "src/app/webhooks/webhooks-hsmeta.json";

describe("the developer project", () => {
  const before = { ...process.env };
  let folder: string;

  beforeAll(() => {
    // HubSpot's tool takes its account from here, and so from no file of whoever runs the tests.
    Object.assign(process.env, {
      USE_ENVIRONMENT_HUBSPOT_CONFIG: "true",
      HUBSPOT_ACCOUNT_ID: "1",
      HUBSPOT_API_KEY: "no-real-key",
    });
  });
  afterAll(() => {
    process.env = before;
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "customer-health-project-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function filesFor(change: (text: string) => string = (text) => text) {
    const file = join(folder, "rules.yaml");
    await writeFile(file, change(await readFile(RULES_FILE, "utf8")));
    const rules = compileRuleset((await readRulesFile(file)).ruleset);
    const told = { app: await readAppFile(), publicUrl: "https://health.example.com", rules };
    return { rules, files: projectFiles({ ...told, calculated: { company: ["last_login_at"] } }) };
  }
  async function write(): Promise<void> {
    await writeProject(folder, (await filesFor()).files, { force: false });
  }
  const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(folder, path), "utf8"));

  it("is taken by HubSpot's own tool", async () => {
    await write();
    expect(await parseAsHubSpot(folder)).toBe("");
  });

  it.each([
    ["an unknown word", APP_FILE, '"distribution": "private"', '"distribution": "secret"', /distribution.*private/s],
    ["no uid", APP_FILE, '"uid": "customer_health_app",', "", /uid/],
    ["another type", WEBHOOKS_FILE, '"type": "webhooks"', '"type": "webhoks"', /webhoks|Unsupported/],
    ["an old key", WEBHOOKS_FILE, '"objectType": "ticket"', '"objectName": "ticket"', /objectType|objectName/],
    ["an address without TLS", WEBHOOKS_FILE, "https://health", "http://health", /targetUrl/],
    ["too few at a time", WEBHOOKS_FILE, '"maxConcurrentRequests": 10', '"maxConcurrentRequests": 1', /maxConcurrent/],
    ["no JSON", APP_FILE, '"config": {', '"config": ', /JSON/],
  ])("is refused by it with %s", async (_, path, sound, wrong, complaint) => {
    await write();
    const text = await readFile(join(folder, path), "utf8");
    expect(text).toContain(sound);
    await writeFile(join(folder, path), text.replaceAll(sound, wrong));
    expect(await parseAsHubSpot(folder)).toMatch(complaint);
  });

  it("asks for the scopes of what the rules read, and for no others", async () => {
    const scopesIn = async (change?: (text: string) => string) => {
      const { files } = await filesFor(change);
      await writeProject(folder, files, { force: true });
      return readJson(APP_FILE);
    };
    const auth = (requiredScopes: unknown) => ({ config: { auth: { type: "static", requiredScopes } } });

    const usual = await scopesIn();
    expect(usual).toMatchObject(auth(expect.arrayContaining(["tickets", "crm.objects.invoices.read"])));
    expect(usual).toMatchObject(auth(expect.not.arrayContaining(["crm.objects.deals.read"])));
    const withDeals = await scopesIn((text) =>
      text.replace("signals:\n", "signals:\n  open_deals: { label: Deals, count: deals }\n"),
    );
    expect(withDeals).toMatchObject(auth(expect.arrayContaining(["crm.objects.deals.read"])));
  });

  it("subscribes to what the rules name, but for what HubSpot calculates", async () => {
    const { rules, files } = await filesFor();
    await writeProject(folder, files, { force: false });
    const expected = subscriptionsOf(rules, { company: ["last_login_at"] });
    expect(await readJson(WEBHOOKS_FILE)).toMatchObject({
      config: {
        settings: { targetUrl: "https://health.example.com/webhooks/hubspot", maxConcurrentRequests: 10 },
        subscriptions: {
          crmObjects: expected.filter(({ subscriptionType }) => subscriptionType.startsWith("object.")),
          legacyCrmObjects: [],
          hubEvents: [{ subscriptionType: "contact.privacyDeletion", active: true }],
        },
      },
    });
    expect(await readFile(join(folder, WEBHOOKS_FILE), "utf8")).not.toContain("last_login_at");
  });

  it("is written once, and over other files only by force", async () => {
    const { files } = await filesFor();
    const paths = files.map(({ path }) => join(folder, path));
    const [first = ""] = paths;

    expect(await writeProject(folder, files, { force: false })).toEqual(paths);
    expect(await writeProject(folder, files, { force: false })).toEqual([]);
    await rm(join(folder, APP_FILE));
    await writeFile(first, "{}");
    await expect(writeProject(folder, files, { force: false })).rejects.toThrow(new ProjectDiffers([first]));
    await expect(readFile(join(folder, APP_FILE))).rejects.toThrow("ENOENT");
    expect(await writeProject(folder, files, { force: true })).toEqual([first, join(folder, APP_FILE)]);
    expect(await readFile(first, "utf8")).toBe(files[0]?.text);
  });
});
