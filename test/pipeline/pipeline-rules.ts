import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { plainRule, plainSignal, sampleRule, sampleRuleset, sampleScore } from "../scoring/sample-ruleset.ts";

/**
 * Half of the score are the seats of the company, the other half its urgent tickets: each takes 25 points of 50. Without
 * tickets a customer is healthy by its seats; contacts and invoices are mirrored, and count for nothing.
 */
export function pipelineRules(given: Partial<Ruleset> = {}): Ruleset {
  const urgent = [{ field: "hs_ticket_priority", test: { kind: "is" as const, values: ["URGENT"] } }];
  const points = [
    { at: 0, grade: 100 },
    { at: 2, grade: 0 },
  ];
  const counted = { unit: null, links: "primary" as const, decay: null };
  const summed = { ...counted, where: [], currency: null };
  return sampleRuleset({
    signals: [
      { ...plainSignal("seats"), label: "Seats" },
      { ...counted, name: "urgent", label: "Urgent tickets", kind: "count", of: "tickets", where: urgent },
      { ...summed, name: "nps", label: "NPS", kind: "max", of: "contacts", field: "nps_score", whenNone: null },
      { ...summed, name: "due", label: "Due", kind: "sum", of: "invoices", field: "hs_balance_due", whenNone: 0 },
    ],
    scores: [
      sampleScore({
        dimensions: [
          { name: "usage", label: "Use", weight: 1, rules: [plainRule("seats")] },
          {
            name: "support",
            label: "Support",
            weight: 1,
            rules: [sampleRule("urgent", { label: "Urgent tickets", grade: { kind: "line", points } })],
          },
        ],
      }),
    ],
    ...given,
  });
}
