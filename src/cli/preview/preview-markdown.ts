import type { Preview } from "../../pipeline/preview-rules.ts";
import type { AddedScore, Mover, ScoreComparison } from "../../scoring/analysis/compare-portfolio.ts";
import type { CustomerName, PlayComparison } from "../../scoring/analysis/compare-plays.ts";
import {
  bandRows,
  movesTable,
  sayBecause,
  sayComparedBy,
  sayCoverage,
  sayCustomer,
  sayPlace,
  sayWithout,
  withoutMark,
} from "./preview-names.ts";
import { previewNotes } from "./preview-notes.ts";

const MOST_NAMES = 20;

/** A preview as Markdown, fit for a comment on a pull request. */
export function previewMarkdown(preview: Preview): string[] {
  const { comparison, at } = preview;
  return [
    "## What the new rules would do",
    "",
    `${comparison.companies} companies, as they are on ${at.toISOString()}.`,
    ...previewNotes(preview).flatMap((note) => ["", `> ${escape(note)}`]),
    ...comparison.scores.flatMap(sectionOf),
    ...comparison.added.flatMap(sectionOfAdded),
    ...playsSection(comparison.plays),
  ];
}

function sectionOf(score: ScoreComparison): string[] {
  const { head, rows } = movesTable(score);
  return [
    "",
    `### ${escape(score.label)}`,
    "",
    `${score.movers.length} change band; ${sayCoverage(score)}.`,
    "",
    ...withoutNote(score),
    ...table(head, rows),
    ...moversSection(`Who changes band${escape(withoutMark(score))}`, score.movers),
    ...moversSection(`Whose score moves most${escape(withoutMark(score))}`, score.biggest),
  ];
}

function sectionOfAdded(score: AddedScore): string[] {
  return [
    "",
    `### ${escape(score.label)}, new`,
    "",
    ...withoutNote(score),
    ...table(["band", "customers"], bandRows(score)),
  ];
}

function withoutNote(score: Pick<ScoreComparison, "without">): string[] {
  return sayWithout(score).flatMap((line) => [`> ${escape(line)}`, ""]);
}

function moversSection(title: string, movers: readonly Mover[]): string[] {
  if (movers.length === 0) return [];
  const rows = movers
    .slice(0, MOST_NAMES)
    .map((mover) => [sayCustomer(mover), sayPlace(mover.from), sayPlace(mover.to), sayBecause(mover)]);
  const more = movers.length > MOST_NAMES ? ["", `and ${movers.length - MOST_NAMES} more`] : [];
  return [
    "",
    `<details><summary>${title} (${movers.length})</summary>`,
    "",
    ...table(["customer", "from", "to", "because"], rows),
    ...more,
    "",
    "</details>",
  ];
}

function playsSection(plays: readonly PlayComparison[]): string[] {
  if (plays.length === 0) return [];
  const rows = plays.map((play) => [
    play.name,
    ...(play.before === null ? ["", "", "", ""] : [play.before, play.after, play.gained.length, play.lost.length]).map(
      String,
    ),
    sayComparedBy(play),
  ]);
  return [
    "",
    "### Plays",
    "",
    ...table(["play", "before", "after", "by the new rules only", "by the old rules only", ""], rows),
    ...plays.flatMap(({ name, gained, lost }) => [
      ...namesSection(`${name}: by the new rules only`, gained),
      ...namesSection(`${name}: by the old rules only`, lost),
    ]),
  ];
}

function namesSection(title: string, customers: readonly CustomerName[]): string[] {
  if (customers.length === 0) return [];
  const more = customers.length > MOST_NAMES ? [`- and ${customers.length - MOST_NAMES} more`] : [];
  return [
    "",
    `<details><summary>${escape(title)} (${customers.length})</summary>`,
    "",
    ...customers.slice(0, MOST_NAMES).map((customer) => `- ${escape(sayCustomer(customer))}`),
    ...more,
    "",
    "</details>",
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- ").join("|")}|`, ...rows.map(line)];
}

/** Names come from the portal: none may make a table, a link or a tag of itself. */
function escape(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]|~#@!]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(/\s+/g, " ");
}
