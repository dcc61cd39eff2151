import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import {
  accountPath,
  associationsPath,
  type Bases,
  currentPath,
  objectsPath,
  ownersPath,
  pipelinesPath,
  propertiesPath,
  tokenPath,
  usagePath,
} from "../../src/hubspot/api-paths.ts";
import { readSource } from "../architecture/read-source.ts";
import { readOperations, type SdkPart } from "../contract/wire/sdk-declarations.ts";

const top = new URL("../../", import.meta.url);
const readText = (path: string) => readFileSync(new URL(path, top), "utf8");

const dated: Bases = {
  objects: "/crm/objects/2026-09",
  associations: "/crm/associations/2026-09",
  properties: "/crm/properties/2026-09",
  pipelines: "/crm/pipelines/2026-09",
  owners: "/crm/owners/2026-09",
};

/** The classes of the SDK that the adapter calls: `new objects.BatchApi(...)`. */
const apis = [...readText("src/hubspot/create-client.ts").matchAll(/new (\w+)\.(\w+Api)\(/g)].map(
  ([, part = "", api = ""]): [SdkPart, string] => [
    part === "associations" ? "associations/v4" : (part as SdkPart),
    api,
  ],
);

function findPathsSpelt(path: string, text: string): string[] {
  return readSource(path, text).nodes.flatMap((node) => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    return isText && /(^|\s)\/(crm|account-info|oauth)\b/.test(node.text) ? [`${path}: ${node.text}`] : [];
  });
}

describe("the paths of HubSpot's APIs", () => {
  it("are spelt in one file", () => {
    const files = globSync("src/hubspot/**/*.ts", { cwd: top }).map((path) => path.replaceAll("\\", "/"));
    const others = files.filter((path) => path !== "src/hubspot/api-paths.ts");
    expect(others.length).toBeGreaterThan(20);
    expect(others.flatMap((path) => findPathsSpelt(path, readText(path)))).toEqual([]);
  });

  it.each([
    'const path = "/crm/v3/owners";',
    "const path = `/crm/v3/objects/${type}`;",
    "const call = `POST ${host} /oauth/v2/token`;",
    'get("/account-info/v3/details");',
  ])("are seen in %s", (text) => {
    expect(findPathsSpelt("src/hubspot/x.ts", text)).toHaveLength(1);
  });

  it.each([
    'import { X } from "@hubspot/api-client/lib/codegen/crm/owners/index.js";',
    "/** https://developers.hubspot.com/crm/v3 */ // GET /crm/v3/owners",
  ])("are not seen in %s", (text) => {
    expect(findPathsSpelt("src/hubspot/x.ts", text)).toEqual([]);
  });

  it.each(apis)("can all be dated: %s %s", (part, api) => {
    const paths = readOperations(part, api).map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      expect(currentPath(path, dated)).toMatch(/^\/crm\/\w+\/2026-09(\/|$)/);
      expect(currentPath(path)).toBe(path);
    }
  });

  it("keep what follows the base, and a base that only begins alike", () => {
    expect(currentPath("/crm/v3/objects/companies/batch/read", dated)).toBe(
      "/crm/objects/2026-09/companies/batch/read",
    );
    expect(currentPath("/crm/v3/owners", dated)).toBe("/crm/owners/2026-09");
    expect(currentPath("/crm/v3/objects-library", dated)).toBe("/crm/v3/objects-library");
  });

  it("are put together as HubSpot writes them", () => {
    expect([
      objectsPath("tasks", "batch/create"),
      objectsPath("tasks"),
      associationsPath("tickets", "companies", "batch/read"),
      propertiesPath("companies", "groups"),
      pipelinesPath("tickets"),
      ownersPath,
      accountPath,
      usagePath,
      tokenPath,
    ]).toEqual([
      "/crm/v3/objects/tasks/batch/create",
      "/crm/v3/objects/tasks",
      "/crm/v4/associations/tickets/companies/batch/read",
      "/crm/v3/properties/companies/groups",
      "/crm/v3/pipelines/tickets",
      "/crm/v3/owners",
      "/account-info/v3/details",
      "/account-info/v3/api-usage/daily/private-apps",
      "/oauth/v2/private-apps/get/access-token-info",
    ]);
  });
});
