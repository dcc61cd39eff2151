import type { Finding, Verdict } from "../../pipeline/doctor/finding.ts";

const signs: Record<Verdict, string> = { ok: "✓", warning: "!", failed: "✗", skipped: "-" };
const WIDEST_VERDICT = "warning".length;
const INDENT = " ".repeat(12);

/** A finding in lines: the first is the check's, those beneath it say more and what to do. */
export function findingLines({ verdict, check, words, details = [], remedy }: Finding): string[] {
  const more = remedy !== undefined && remedy !== "" ? [...details, `-> ${remedy}`] : details;
  return [
    `${signs[verdict]} ${verdict.padEnd(WIDEST_VERDICT)}   ${check}: ${words}`,
    ...more.map((line) => `${INDENT}${line}`),
  ];
}

/** What it all comes to. */
export function summaryLine(findings: readonly Finding[]): string {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const [failed, warnings, skipped] = [count("failed"), count("warning"), count("skipped")];
  if (failed + warnings + skipped === 0) return `All ${findings.length} checks are ok.`;
  const warned = `${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
  return `${findings.length} checks: ${count("ok")} ok, ${warned}, ${failed} failed, ${skipped} skipped.`;
}
