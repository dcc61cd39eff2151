import { NOT_A_CUSTOMER, type Mover, type ScoreComparison } from "../../scoring/analysis/compare-portfolio.ts";

/** A company's side of a move in words: its band and its score. */
export function sayPlace({ band, value }: Mover["from"]): string {
  const name = sayBand(band);
  return value === null ? name : `${name} ${value}`;
}

export function sayBand(band: string): string {
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

export function sayShare(share: number | null): string {
  return share === null ? "none" : `${(share * 100).toFixed(1)} %`;
}

/** The cells of a table of moves: a row per old band, a column per new one, both only where somebody is; worth in brackets. */
export function movesTable({ bands, moves }: ScoreComparison): { head: string[]; rows: string[][] } {
  const used = (side: "from" | "to") => bands.filter((band) => moves.some((move) => move[side] === band));
  const [from, to] = [used("from"), used("to")];
  const cell = (a: string, b: string) => {
    const move = moves.find((candidate) => candidate.from === a && candidate.to === b);
    if (!move) return "";
    return move.worth === 0
      ? String(move.companies)
      : `${move.companies} (${Math.round(move.worth).toLocaleString("en-GB")})`;
  };
  return {
    head: ["from \\ to", ...to.map(sayBand)],
    rows: from.map((band) => [sayBand(band), ...to.map((other) => cell(band, other))]),
  };
}
