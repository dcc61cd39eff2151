import type { Preview } from "../../pipeline/preview-rules.ts";
import type { Mover, ScoreComparison } from "../../scoring/analysis/compare-portfolio.ts";
import type { PlayComparison } from "../../scoring/analysis/compare-plays.ts";
import { movesTable, sayBecause, sayCoverage, sayPlace } from "./preview-names.ts";
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
    ...table(head, rows),
    ...moversSection("Who changes band", score.movers),
    ...moversSection("Whose score moves most", score.biggest),
  ];
}

function moversSection(title: string, movers: readonly Mover[]): string[] {
  if (movers.length === 0) return [];
  const rows = movers
    .slice(0, MOST_NAMES)
    .map((mover) => [
      `${mover.name} (${mover.companyId})`,
      sayPlace(mover.from),
      sayPlace(mover.to),
      sayBecause(mover),
    ]);
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
  const rows = plays.map(({ name, before, after, gained, lost }) => [
    name,
    ...[before, after, gained.length, lost.length].map(String),
  ]);
  return ["", "### Plays", "", ...table(["play", "before", "after", "would get a task", "no longer"], rows)];
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
