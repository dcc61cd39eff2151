import type { FactAudit, PlayAudit } from "../../scoring/analysis/audit-conditions.ts";
import type { Audit, LowestBand, RuleAudit, ScoreAudit } from "../../scoring/analysis/audit-rules.ts";
import type { Repetition } from "../../scoring/analysis/find-repetitions.ts";
import { formatTable } from "../format-table.ts";

const MOST_RULES = 10;

/** An audit as lines for a terminal. */
export function auditText({ customers, signals, scores, plays }: Audit): string[] {
  return [
    `${customers} customers`,
    "",
    "How often each signal is known:",
    ...formatTable(
      signals.map(({ label, known }) => [label, percent(known)]),
      "lr",
    ),
    ...scores.flatMap(linesOfScore),
    ...linesOfPlays(plays, customers),
  ];
}

function linesOfScore({ name, label, scored, rules, facts, repetitions, lowest }: ScoreAudit): string[] {
  const verdicts = rules.flatMap((rule) => {
    const verdict = sayVerdict(rule);
    return verdict === null ? [] : [[`${name}${sayPhases(rule.phases)}, ${rule.dimension}: ${rule.label}`, verdict]];
  });
  const held = facts.map((fact) => [
    `${fact.kind}${fact.kind === "phase" ? "" : sayPhases(fact.phases)}: ${fact.label}`,
    `${fact.holds} of ${fact.asked}`,
    sayFact(fact),
  ]);
  return [
    "",
    `${label}: ${scored} scored`,
    ...(verdicts.length > 0
      ? ["Rules that tell customers apart badly:", ...formatTable(verdicts, "ll")]
      : ["Every rule tells customers apart."]),
    ...(held.length > 0 ? ["For how many customers it holds now:", ...formatTable(held, "lrl")] : []),
    ...(repetitions.length > 0
      ? ["Rules that repeat each other:", ...repetitions.map((pair) => `  ${sayRepetition(pair)}`)]
      : []),
    ...(lowest ? linesOfLowest(lowest) : []),
  ];
}

/** A rule or fact of all phases, or of a score without any, needs no word about them. */
function sayPhases(phases: readonly (string | null)[]): string {
  if (phases.includes(null)) return "";
  return ` (${phases.length === 1 ? "phase" : "phases"} ${phases.join(", ")})`;
}

function sayFact({ kind, asked, verdict }: FactAudit): string {
  if (asked === 0) return "nobody is in the phase";
  const [never, always] = kind === "phase" ? ["nobody is in it", "all are in it"] : ["never fires", "always fires"];
  return verdict === "never" ? never : verdict === "always" ? always : "";
}

function linesOfPlays(plays: readonly PlayAudit[], customers: number): string[] {
  if (plays.length === 0) return [];
  const rows = plays.map(({ name, holds, verdict, band }) => [
    name,
    `${holds} of ${customers}`,
    [
      ...(verdict === null
        ? []
        : [verdict === "never" ? "its conditions hold for nobody" : "its conditions hold for all"]),
      ...(band === null ? [] : [`in ${band.name}: ${band.customers}`]),
    ].join("; "),
  ]);
  return ["", "For how many customers the conditions of each play hold now:", ...formatTable(rows, "lrl")];
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
