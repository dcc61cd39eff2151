import { describe, expect, it } from "@jest/globals";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import type { TaskOwner } from "../../../src/scoring/ruleset/play.ts";
import { createHistory } from "../customer-history.ts";
import { levelFacts } from "../sample-facts.ts";
import { plainRule, plainSignal, samplePlay, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

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
    ["is the fallback where that person is not there", "7", "kari@example.com", "ola@example.com", "8", false],
  ])("%s", (_, companyOwner, fallbackOwner, email, ownerId, isRemarked) => {
    const owner = email === "company" ? { kind: "company" as const } : { kind: "email" as const, email };
    const history = createHistory(sampleRuleset({ fallbackOwner, plays: [samplePlay({ task: { owner } })] }));
    history.decide(levelFacts(80));
    const [task] = history.decide(levelFacts(40, { hubspot_owner_id: companyOwner }), owners).tasks;
    expect(task?.ownerId).toBe(ownerId);
    expect(task?.body.includes(remark)).toBe(isRemarked);
  });
});

describe("the owner of a task that is not the company's", () => {
  const idByEmail = new Map([
    ["kari@example.com", "8"],
    ["ola@example.com", "9"],
  ]);
  const owners = { active: new Set(["7", "8", "9"]), idByEmail };
  const contact = { kind: "contact" as const };
  const team = (...emails: string[]) => ({ kind: "team" as const, emails });
  const ofContacts = (...ids: (string | null)[]) => ids.map((hubspot_owner_id) => ({ hubspot_owner_id }));
  it.each<[string, TaskOwner, PropertyValues[] | null, string | null, string[]]>([
    ["is that of the first contact that has one who is there", contact, ofContacts(null, "6", "9", "7"), "9", []],
    ["is the fallback where no contact has one", contact, ofContacts(null, "6"), "8", []],
    ["is the fallback where contacts cannot be read", contact, null, "8", []],
    [
      "is to be one of a team, each once",
      team("OLA@example.com", "kari@example.com", "ola@example.com"),
      [],
      null,
      ["9", "8"],
    ],
    ["is to be one of those of a team who are there", team("per@example.com", "ola@example.com"), [], null, ["9"]],
    ["is the fallback where nobody of a team is there", team("per@example.com"), [], "8", []],
  ])("%s", (_, owner, contacts, ownerId, ids) => {
    const history = createHistory(
      sampleRuleset({ fallbackOwner: "kari@example.com", plays: [samplePlay({ task: { owner } })] }),
    );
    history.decide(levelFacts(80));
    const [task] = history.decide({ ...levelFacts(40), contacts }, owners).tasks;
    expect(task).toMatchObject({ ownerId, team: ids });
    expect(task?.body).not.toContain("Nobody");
  });
});

describe("the rank of a task", () => {
  it.each([
    ["is the risk times the value", "arr", "1000.5", 60 * 1000.5],
    ["is the largest number there is where it would be none", "arr", "1e308", Number.MAX_VALUE],
    ["is the least number there is where it would be none", "arr", "-1e308", -Number.MAX_VALUE],
    ["is the risk where the value is blank", "arr", null, 60],
    ["is the risk where the value is no number", "arr", "much", 60],
    ["is the risk where customers have no value", null, "1000", 60],
  ])("%s", (_, value, arr, rank) => {
    const { customers, ...rules } = sampleRuleset();
    const history = createHistory({ ...rules, customers: { ...customers, value } });
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(40, { arr })).tasks).toMatchObject([{ rank }]);
  });
});

describe("the texts of a task", () => {
  it("may name signals, built-ins, the phase, the pulse and the advice", () => {
    const task = { body: "{{ signals.seats }}, {{ phase }}, {{ pulse }}\n{{ advice }}" };
    const rule = { ...plainRule("seats"), advice: "Train them." };
    const score = sampleScore({
      pulse: "nps",
      dimensions: [{ name: "usage", label: "Use", weight: 1, rules: [rule] }],
    });
    const scores = [{ ...score, phases: [{ ...score, name: "trial", label: "Trial", when: [] }] }];
    const signals = ["seats", "features", "nps"].map((name) => ({ ...plainSignal(name), unit: "points" }));
    const history = createHistory(sampleRuleset({ signals, scores, plays: [samplePlay({ task })] }));
    history.decide(levelFacts(80));
    expect(history.decide(levelFacts(40, { nps: "3" })).tasks).toMatchObject([
      { body: "40 points, Trial, 3 points\n- Train them." },
    ]);
  });

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
