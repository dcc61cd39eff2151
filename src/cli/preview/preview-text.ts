import type { Preview } from "../../pipeline/preview-rules.ts";
import type { AddedScore, Mover, ScoreComparison } from "../../scoring/analysis/compare-portfolio.ts";
import type { PlayComparison } from "../../scoring/analysis/compare-plays.ts";
import { formatTable } from "../format-table.ts";
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

/** A preview as lines for a terminal; long lists are cut. */
export function previewText(preview: Preview): string[] {
  const { comparison } = preview;
  return [
    `${comparison.companies} companies, as they are on ${preview.at.toISOString()}`,
    ...previewNotes(preview),
    ...comparison.scores.flatMap(linesOfScore),
    ...comparison.added.flatMap(linesOfAdded),
    ...linesOfPlays(comparison.plays),
  ];
}

function linesOfScore(score: ScoreComparison): string[] {
  const { head, rows } = movesTable(score);
  const changed = score.movers.length;
  return [
    "",
    `${score.label}: ${changed === 0 ? "nobody changes band" : `${changed} change band`}; ${sayCoverage(score)}`,
    ...sayWithout(score).map((line) => `  ${line}`),
    ...formatTable([head, ...rows], "l"),
    ...linesOfMovers(`Who changes band, worst first${withoutMark(score)}:`, score.movers),
    ...linesOfMovers(`Whose score moves most${withoutMark(score)}:`, score.biggest),
  ];
}

function linesOfAdded(score: AddedScore): string[] {
  const without = sayWithout(score).map((line) => `  ${line}`);
  return ["", `${score.label}: new`, ...without, ...formatTable(bandRows(score), "ll")];
}

function linesOfMovers(title: string, movers: readonly Mover[]): string[] {
  if (movers.length === 0) return [];
  const rows = movers
    .slice(0, MOST_NAMES)
    .map((mover) => [sayCustomer(mover), sayPlace(mover.from), "->", sayPlace(mover.to), sayBecause(mover)]);
  return [title, ...formatTable(rows, "lllll"), ...andMore(movers.length)];
}

function linesOfPlays(plays: readonly PlayComparison[]): string[] {
  return plays.flatMap((play) => [
    "",
    play.before === null
      ? `${play.name}: ${sayComparedBy(play)}`
      : `${play.name}: ${play.before} customers -> ${play.after}; ${sayComparedBy(play)}`,
    ...linesOfNames("by the new rules only", play.gained),
    ...linesOfNames("by the old rules only", play.lost),
  ]);
}

function linesOfNames(title: string, customers: PlayComparison["gained"]): string[] {
  if (customers.length === 0) return [];
  return [`  ${title}: ${customers.slice(0, MOST_NAMES).map(sayCustomer).join("; ")}`, ...andMore(customers.length)];
}

function andMore(count: number): string[] {
  return count > MOST_NAMES ? [`  and ${count - MOST_NAMES} more (--json lists all)`] : [];
}
