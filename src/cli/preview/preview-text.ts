import type { Preview } from "../../pipeline/preview-rules.ts";
import type { Mover, ScoreComparison } from "../../scoring/analysis/compare-portfolio.ts";
import type { PlayComparison } from "../../scoring/analysis/compare-plays.ts";
import { formatTable } from "../format-table.ts";
import { movesTable, sayBecause, sayCoverage, sayPlace } from "./preview-names.ts";
import { previewNotes } from "./preview-notes.ts";

const MOST_NAMES = 20;

/** A preview as lines for a terminal; long lists are cut. */
export function previewText(preview: Preview): string[] {
  const { comparison } = preview;
  return [
    `${comparison.companies} companies, as they are on ${preview.at.toISOString()}`,
    ...previewNotes(preview),
    ...comparison.scores.flatMap(linesOfScore),
    ...linesOfPlays(comparison.plays),
  ];
}

function linesOfScore(score: ScoreComparison): string[] {
  const { head, rows } = movesTable(score);
  const changed = score.movers.length;
  return [
    "",
    `${score.label}: ${changed === 0 ? "nobody changes band" : `${changed} change band`}; ${sayCoverage(score)}`,
    ...formatTable([head, ...rows], "l"),
    ...linesOfMovers("Who changes band, worst first:", score.movers),
    ...linesOfMovers("Whose score moves most:", score.biggest),
  ];
}

function linesOfMovers(title: string, movers: readonly Mover[]): string[] {
  if (movers.length === 0) return [];
  const rows = movers
    .slice(0, MOST_NAMES)
    .map((mover) => [
      `${mover.name} (${mover.companyId})`,
      sayPlace(mover.from),
      "->",
      sayPlace(mover.to),
      sayBecause(mover),
    ]);
  return [title, ...formatTable(rows, "lllll"), ...andMore(movers.length)];
}

function linesOfPlays(plays: readonly PlayComparison[]): string[] {
  return plays.flatMap(({ name, before, after, gained, lost }) => [
    "",
    `${name}: ${before} customers -> ${after}`,
    ...linesOfNames("would be called for", gained),
    ...linesOfNames("no longer", lost),
  ]);
}

function linesOfNames(title: string, customers: PlayComparison["gained"]): string[] {
  if (customers.length === 0) return [];
  const names = customers.slice(0, MOST_NAMES).map(({ name, companyId }) => `${name} (${companyId})`);
  return [`  ${title}: ${names.join(", ")}`, ...andMore(customers.length)];
}

function andMore(count: number): string[] {
  return count > MOST_NAMES ? [`  and ${count - MOST_NAMES} more (--json lists all)`] : [];
}
