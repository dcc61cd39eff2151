import { describe, expect, it } from "@jest/globals";
import { createHistory } from "./customer-history.ts";
import { levelFacts } from "./sample-facts.ts";
import { samplePlay, sampleRuleset } from "./sample-ruleset.ts";

describe("the owner of a task", () => {
  const owners = { active: new Set(["7", "8"]), idByEmail: new Map([["kari@example.com", "8"]]) };
  const remark = "Nobody was found who owns this task.";
  it.each([
    ["is the company's", "7", null, "company", "7", false],
    ["is the fallback where the company's is archived", "6", "Kari@Example.com", "company", "8", false],
    ["is the fallback where the company has none", null, "kari@example.com", "company", "8", false],
    ["is nobody without a fallback, with a remark", null, null, "company", null, true],
    ["is nobody where the fallback is not there, with a remark", "6", "ola@example.com", "company", null, true],
    ["is the person that the play names", "7", null, "KARI@example.com", "8", false],
    ["is nobody where that person is not there, with a remark", "7", "kari@example.com", "ola@example.com", null, true],
  ])("%s", (_, companyOwner, fallbackOwner, email, ownerId, isRemarked) => {
    const owner = email === "company" ? { kind: "company" as const } : { kind: "email" as const, email };
    const history = createHistory(sampleRuleset({ fallbackOwner, plays: [samplePlay({ task: { owner } })] }));
    history.decide(levelFacts(80));
    const [task] = history.decide(levelFacts(40, { hubspot_owner_id: companyOwner }), owners).tasks;
    expect(task?.ownerId).toBe(ownerId);
    expect(task?.body.includes(remark)).toBe(isRemarked);
  });
});

describe("the texts of a task", () => {
  it("are blank where the company has no value, and a subject is one line", () => {
    const task = {
      subject: "  {{ company.name }}\n{{ company.domain }} {{ score }}\n",
      body: "Call {{ company.phone }}.",
    };
    const history = createHistory(sampleRuleset({ plays: [samplePlay({ task })] }));
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(40, { name: null })).tasks).toMatchObject([{ subject: "40", body: "Call ." }]);
  });
});
