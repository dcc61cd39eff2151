import { decodeRules } from "../../src/config/rules/decode-rules.ts";
import { parseRules } from "../../src/config/rules/parse-rules.ts";
import { RuleProblems } from "../../src/config/rules/rule-problems.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { momentAt } from "../scoring/moment-at.ts";
import { sampleFacts } from "../scoring/sample-facts.ts";

const moment = momentAt("2026-10-03T12:00:00Z");
const facts = sampleFacts({
  company: { last_login_at: "2026-09-01", seats: "5", plan: "pro" },
  tickets: [{ createdate: "2026-09-01T10:00:00Z", hs_pipeline: "0", hs_pipeline_stage: "1" }],
  contacts: [{ nps_score: "9", nps_answered_at: "2026-09-01" }],
  invoices: null,
});

/** `wrong` says what a parser of rule files must not do. */
export type Verdict = { outcome: "accepted" | "refused" } | { outcome: "wrong"; why: string };

/**
 * Whether bytes end as they must: in a ruleset that compiles and scores a customer, or in problems each of which has a
 * place in the file.
 */
export function judgeFile(bytes: Uint8Array): Verdict {
  try {
    const compiled = compileRuleset(parseRules(decodeRules(bytes, "rules.yaml"), "rules.yaml"));
    const snapshot = compiled.takeSnapshot(facts, moment, null);
    for (const card of compiled.scorecards) {
      const { value } = card.score(snapshot, moment);
      if (value !== null && !(value >= 0 && value <= 100)) return { outcome: "wrong", why: `a score of ${value}` };
    }
    return { outcome: "accepted" };
  } catch (error) {
    if (!(error instanceof RuleProblems)) {
      return { outcome: "wrong", why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    const why = findMisplaced(error, Buffer.from(bytes).toString("utf8"));
    return why === null ? { outcome: "refused" } : { outcome: "wrong", why };
  }
}

function findMisplaced({ problems, message }: RuleProblems, text: string): string | null {
  const lastLine = text.split(/\r\n|\r|\n/).length;
  if (problems.length === 0) return "refused without a problem";
  if (/[\0\u0007\u001b]/.test(message)) return "a control character in the message";
  for (const [index, { line, column, message: said }] of problems.entries()) {
    const before = problems[index - 1];
    if (line < 1 || line > lastLine || column < 1 || said === "")
      return `a problem outside of the file: ${line}:${column}: ${said}`;
    if (before && (before.line > line || (before.line === line && before.column > column)))
      return "problems out of order";
  }
  return null;
}
