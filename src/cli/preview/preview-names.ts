import {
  NOT_A_CUSTOMER,
  type AddedScore,
  type Mover,
  type ScoreComparison,
} from "../../scoring/analysis/compare-portfolio.ts";
import type { CustomerName, PlayComparison } from "../../scoring/analysis/compare-plays.ts";

/** `Nordvik AS (501), worth 120,000`; without the worth where it is not known. */
export function sayCustomer({ name, companyId, worth }: CustomerName): string {
  return `${name} (${companyId})${worth === null ? "" : `, worth ${sayWorth(worth)}`}`;
}

/** What was left out of a score for want of a mirror, in full and in brackets behind a title; nothing where nothing was. */
export function sayWithout({ without }: Pick<ScoreComparison, "without">): string[] {
  if (without.length === 0) return [];
  return [`without: ${without.join(", ")}, not mirrored: moves may come from that alone; run with --fetch`];
}

export function withoutMark({ without }: Pick<ScoreComparison, "without">): string {
  return without.length === 0 ? "" : ` (without: ${without.join(", ")}, not mirrored)`;
}

const comparedBy: Readonly<Record<PlayComparison["by"], string>> = {
  band: "in the band (nobody gets a task at once: the first score by new rules is a baseline)",
  day: "whose day is today, still within its grace, or one of the next 7",
  past: "depends on what was before: not shown",
  unmirrored: "depends on what is not mirrored: not shown; run with --fetch",
};

/** What a play is compared by, and whether one of the two files lacks it. */
export function sayComparedBy({ by, in: has }: PlayComparison): string {
  const only = { both: "", before: "gone from the new rules; ", after: "new; " }[has];
  return `${only}${comparedBy[by]}`;
}

/** The rows of a table of the bands of a score that is new; worth in brackets. */
export function bandRows({ bands }: AddedScore): string[][] {
  return bands.map(({ name, companies, worth }) => [sayBand(name), sayCount(companies, worth)]);
}

/** A company's side of a move in words: its band and its score. */
export function sayPlace({ band, value }: Mover["from"]): string {
  const name = sayBand(band);
  return value === null ? name : `${name} ${value}`;
}

function sayBand(band: string): string {
  return band === NOT_A_CUSTOMER ? "not a customer" : band;
}

/** `-12.3 from Last login`; nothing where no single cause is known. */
export function sayBecause({ because }: Mover): string {
  if (!because) return "";
  return `${because.points > 0 ? "+" : ""}${because.points.toFixed(1)} from ${because.label}`;
}

/** A line that says how much of the weight is known before and after. */
export function sayCoverage({ coverage: { before, after } }: ScoreComparison): string {
  return `mean coverage ${sayShare(before)} -> ${sayShare(after)}`;
}

function sayShare(share: number | null): string {
  return share === null ? "none" : `${(share * 100).toFixed(1)} %`;
}

/** The cells of a table of moves: a row per old band, a column per new one, both only where somebody is; worth in brackets. */
export function movesTable({ bands, moves }: ScoreComparison): { head: string[]; rows: string[][] } {
  const used = (side: "from" | "to") => bands.filter((band) => moves.some((move) => move[side] === band));
  const [from, to] = [used("from"), used("to")];
  const cell = (a: string, b: string) => {
    const move = moves.find((candidate) => candidate.from === a && candidate.to === b);
    if (!move) return "";
    return sayCount(move.companies, move.worth);
  };
  return {
    head: ["from \\ to", ...to.map(sayBand)],
    rows: from.map((band) => [sayBand(band), ...to.map((other) => cell(band, other))]),
  };
}

function sayCount(companies: number, worth: number): string {
  return worth === 0 ? String(companies) : `${companies} (${sayWorth(worth)})`;
}

function sayWorth(worth: number): string {
  return Math.round(worth).toLocaleString("en-GB");
}
