import { describe, expect, it, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseRules } from "../../src/config/rules/parse-rules.ts";
import { subscriptionsOf, TooManySubscriptions, type Subscription } from "../../src/pipeline/subscriptions.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { writtenPropertiesOf } from "../../src/scoring/ruleset/written-properties.ts";
import { plainSignal } from "../scoring/sample-ruleset.ts";
import { pipelineRules } from "./pipeline-rules.ts";

/** As `ticket creation` or `ticket hs_pipeline`. */
function say(subscription: Subscription): string {
  if (!("objectType" in subscription)) return subscription.subscriptionType;
  const { subscriptionType, objectType, propertyName } = subscription;
  return `${objectType} ${propertyName ?? subscriptionType.slice("object.".length)}`;
}

const lifeOf = (type: string) =>
  ["creation", "deletion", "restore", "merge", "associationChange"].map((event) => `${type} ${event}`);

const rules = compileRuleset(pipelineRules());

it("is every event that the rules need, and no other", () => {
  const expected = [
    ...lifeOf("company"),
    ...["churned_at", "hubspot_owner_id", "lifecyclestage", "name", "seats"].map((name) => `company ${name}`),
    ...lifeOf("contact"),
    "contact nps_score",
    ...lifeOf("ticket"),
    "ticket hs_ticket_priority",
    ...lifeOf("invoice"),
    "invoice hs_balance_due",
    "invoice hs_currency",
    "contact.privacyDeletion",
    "task hs_task_status",
    "task deletion",
  ];
  expect(subscriptionsOf(rules).map(say)).toEqual(expected);
});

it("is no event of tasks where there are no plays", () => {
  const playless = compileRuleset(pipelineRules({ plays: [] }));
  const said = subscriptionsOf(rules).map(say);
  expect(subscriptionsOf(playless).map(say)).toEqual(said.filter((event) => !event.startsWith("task ")));
});

it("leaves what HubSpot works out to the sweep", () => {
  const said = subscriptionsOf(rules, { company: ["seats"], ticket: ["seats"] }).map(say);
  expect(said).not.toContain("company seats");
  expect(said).toContain("company name");
});

test.each(["hs_lastmodifieddate", "lastmodifieddate", "num_unique_conversion_events", "hs_object_id"])(
  "%s cannot be subscribed to",
  (name) => {
    const named = compileRuleset(pipelineRules({ signals: [...pipelineRules().signals, plainSignal(name)] }));
    expect(named.reads.company).toContain(name);
    expect(subscriptionsOf(named).map(say)).not.toContain(`company ${name}`);
  },
);

it("holds no property that is written, were it read all the same", () => {
  const written = writtenPropertiesOf(rules.ruleset);
  const reads = { ...rules.reads, company: [...rules.reads.company, ...written] };
  expect(subscriptionsOf({ ...rules, reads }).map(say)).toEqual(subscriptionsOf(rules).map(say));
});

it("is refused where one app cannot hold as many", () => {
  const signals = Array.from({ length: 1_000 }, (_, index) => plainSignal(`usage_${index}`));
  const many = compileRuleset(pipelineRules({ signals: [...pipelineRules().signals, ...signals] }));
  expect(() => subscriptionsOf(many)).toThrow(TooManySubscriptions);
  expect(() => subscriptionsOf(many)).toThrow(/need 1032 webhook subscriptions, .* at most 1000 /);
});

const folder = fileURLToPath(new URL("../../config/", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".yaml") && !file.endsWith(".cases.yaml"),
);

describe("for the rule files that are shipped", () => {
  it("looks at them all", () => {
    expect(files.toSorted()).toEqual([
      "examples/agency.yaml",
      "examples/commerce.yaml",
      "examples/membership.yaml",
      "examples/saas-subscription.yaml",
      "health.yaml",
    ]);
  });

  test.each(files)("%s: nothing that is written is subscribed to", (file) => {
    const ruleset = parseRules(readFileSync(folder + file, "utf8"), file);
    const compiled = compileRuleset(ruleset);
    const heard = subscriptionsOf(compiled).flatMap((subscription) =>
      "objectType" in subscription && subscription.objectType === "company" ? (subscription.propertyName ?? []) : [],
    );
    const written = new Set(writtenPropertiesOf(ruleset));
    expect(heard.length).toBeGreaterThan(2);
    expect(heard.filter((name) => written.has(name))).toEqual([]);
    expect(compiled.reads.company.filter((name) => written.has(name))).toEqual([]);
  });
});
