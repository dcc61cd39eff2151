import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { askPortal } from "../../../src/cli/check/ask-portal.ts";
import { readRules } from "../../../src/config/rules/parse-rules.ts";
import { startSandbox, type Sandbox } from "../../../src/sandbox/start-sandbox.ts";
import { createPortalPerson } from "../../e2e/portal-person.ts";
import { RULES_FILE } from "../../e2e/rules-file.ts";
import { runProgram } from "../../e2e/start-program.ts";

describe("a check against the portal", () => {
  let sandbox: Sandbox;
  let text: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ limitPer10s: 10_000 });
    text = await readFile(RULES_FILE, "utf8");
    const person = createPortalPerson(sandbox, () => new Date());
    await person.addCustomer();
    await person.addCustomer({ lifecyclestage: "lead" });
  });
  afterAll(() => sandbox.close());

  async function notesOn(change: (text: string) => string): Promise<string[]> {
    const changed = change(text);
    const portal = { accessToken: sandbox.appToken, baseUrl: sandbox.url };
    const { problems, notes } = await askPortal({ text: changed, ...readRules(changed, "health.yaml") }, portal);
    expect(problems).toEqual([]);
    return notes;
  }

  it("has nothing to add where all is well", async () => {
    expect(await notesOn((same) => same)).toEqual([]);
  });

  it.each([
    ["customer", 1],
    ["opportunity", 0],
  ])("tells what calculated properties cost each night, by the customers of now: %s", async (stage, calls) => {
    const [note] = await notesOn((same) =>
      same
        .replace("company.last_login_at", "company.notes_last_contacted")
        .replace("lifecyclestage: customer", `lifecyclestage: ${stage}`)
        .replace("churned: {", "# churned: {"),
    );
    expect(note).toMatch(/^HubSpot calculates notes_last_contacted and does not tell of changes/);
    expect(note).toMatch(new RegExp(` one call for 100, ${calls} now\\.$`));
  });

  it("warns of another time zone", async () => {
    expect(await notesOn((same) => same.replace("timezone: Europe/Oslo", "timezone: Europe/Helsinki"))).toEqual([
      "The rules' time zone is Europe/Helsinki, the portal's Europe/Oslo: days end at other times.",
    ]);
  });

  it("tells all the rest where the portal is away, and that --offline leaves it out", async () => {
    const { code, stdout, stderr } = await runProgram("cli/health.ts", ["check", "--rules", RULES_FILE], {
      HUBSPOT_ACCESS_TOKEN: "pat-of-some-app-or-other",
      HUBSPOT_BASE_URL: sandbox.url,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/Product use +40\.0 %/);
    expect(stdout).not.toContain("checked against the portal");
    expect(stderr).toMatch(/^The portal could not be asked: .* 401/);
    expect(stderr).toContain("--offline leaves the portal out");
  });
});
