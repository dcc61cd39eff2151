import type { Audit, LowestBand, RuleAudit, ScoreAudit } from "../../scoring/analysis/audit-rules.ts";
import type { Repetition } from "../../scoring/analysis/find-repetitions.ts";
import { formatTable } from "../format-table.ts";

const MOST_RULES = 10;

/** An audit as lines for a terminal. */
export function auditText({ customers, signals, scores }: Audit): string[] {
  return [
    `${customers} customers`,
    "",
    "How often each signal is known:",
    ...formatTable(
      signals.map(({ label, known }) => [label, percent(known)]),
      "lr",
    ),
    ...scores.flatMap(linesOfScore),
  ];
}

function linesOfScore({ label, scored, rules, repetitions, lowest }: ScoreAudit): string[] {
  const verdicts = rules.flatMap((rule) => {
    const verdict = sayVerdict(rule);
    return verdict === null ? [] : [[rule.label, verdict]];
  });
  return [
    "",
    `${label}: ${scored} scored`,
    ...(verdicts.length > 0
      ? ["Rules that tell customers apart badly:", ...formatTable(verdicts, "ll")]
      : ["Every rule tells customers apart."]),
    ...(repetitions.length > 0
      ? ["Rules that repeat each other:", ...repetitions.map((pair) => `  ${sayRepetition(pair)}`)]
      : []),
    ...(lowest ? linesOfLowest(lowest) : []),
  ];
}

function sayVerdict({ verdict, graded, grade }: RuleAudit): string | null {
  if (verdict === "same_grade") return `the same grade (${(grade ?? 0).toFixed(0)}) for all ${graded}`;
  if (verdict === "never_costs") return `never costs a point (${graded} graded)`;
  if (verdict === "always_costs") return `costs all ${graded} something`;
  return graded === 0 ? "grades nobody" : null;
}

function sayRepetition({ labels, identical, correlation }: Repetition): string {
  return `${labels.join(" and ")}: ${identical ? "the same grades" : `correlation ${correlation.toFixed(3)}`}`;
}

function linesOfLowest({ band, customers, others, rules, unused }: LowestBand): string[] {
  const rows = rules
    .filter(({ inBand, inRest }) => inBand > inRest)
    .slice(0, MOST_RULES)
    .map(({ label, inBand, inRest }) => [label, percent(inBand), percent(inRest)]);
  return [
    `What the ${customers} in ${band} have in common (a grade under 50), against the other ${others}:`,
    ...formatTable([["", band, "others"], ...rows], "lrr"),
    ...unused.map(
      ({ label, inBand, inRest }) =>
        `  ${inBand === 1 ? "None of them uses" : "Hardly any of them uses"} ${label} (of the others ${percent(1 - inRest)} do)`,
    ),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
