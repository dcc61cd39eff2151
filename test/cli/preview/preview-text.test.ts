import { describe, expect, it } from "@jest/globals";
import { previewMarkdown } from "../../../src/cli/preview/preview-markdown.ts";
import { previewText } from "../../../src/cli/preview/preview-text.ts";
import type { Preview } from "../../../src/pipeline/preview-rules.ts";
import type { PlayComparison } from "../../../src/scoring/analysis/compare-plays.ts";

const mover = {
  companyId: "501",
  name: "Nordvik AS",
  worth: 120_000,
  from: { band: "watch", value: 60 },
  to: { band: "at_risk", value: 44 },
  because: { label: "Key features", points: -16 },
};
const without = ["logins"];
const play: PlayComparison = {
  name: "Call",
  slug: "call",
  in: "both",
  by: "band",
  before: 1,
  after: 1,
  gained: [],
  lost: [],
};
const preview: Preview = {
  at: new Date("2026-10-01T10:00:00Z"),
  comparison: {
    companies: 1,
    scores: [
      {
        name: "health",
        label: "Health",
        without,
        bands: ["at_risk", "watch"],
        moves: [{ from: "watch", to: "at_risk", companies: 1, worth: 120_000 }],
        movers: [mover],
        biggest: [mover],
        coverage: { before: 1, after: 1 },
      },
    ],
    onlyBefore: [],
    onlyAfter: ["growth"],
    added: [{ name: "growth", label: "Growth", without: [], bands: [{ name: "low", companies: 1, worth: 120_000 }] }],
    unscored: ["care"],
    plays: [
      { ...play, lost: [mover] },
      { ...play, name: "Renewal", by: "day", in: "after", before: 0 },
      { ...play, name: "Fall", by: "past", in: "before", before: null, after: null },
    ],
  },
  unmirrored: { signals: without, fields: ["company.logins"], customers: [] },
  otherCustomers: false,
};

describe("a preview in words", () => {
  it("names everybody with what they are worth, and marks what was left out at the table and at each list", () => {
    expect(previewText(preview)).toEqual([
      "1 companies, as they are on 2026-10-01T10:00:00.000Z",
      "Not mirrored: company.logins. Left out of the new rules: logins; add --fetch.",
      "Not scored, because nothing of them is mirrored: care.",
      "Scores that are new: growth.",
      "",
      "Health: 1 change band; mean coverage 100.0 % -> 100.0 %",
      "  without: logins, not mirrored: moves may come from that alone; run with --fetch",
      "  from \\ to      at_risk",
      "  watch      1 (120,000)",
      "Who changes band, worst first (without: logins, not mirrored):",
      "  Nordvik AS (501), worth 120,000  watch 60  ->  at_risk 44  -16.0 from Key features",
      "Whose score moves most (without: logins, not mirrored):",
      "  Nordvik AS (501), worth 120,000  watch 60  ->  at_risk 44  -16.0 from Key features",
      "",
      "Growth: new",
      "  low  1 (120,000)",
      "",
      "Call: 1 customers -> 1; in the band (nobody gets a task at once: the first score by new rules is a baseline)",
      "  by the old rules only: Nordvik AS (501), worth 120,000",
      "",
      "Renewal: 0 customers -> 1; new; whose day is today, still within its grace, or one of the next 7",
      "",
      "Fall: gone from the new rules; depends on what was before: not shown",
    ]);
  });

  it("says the same in Markdown", () => {
    const text = previewMarkdown(preview).join("\n");
    for (const part of [
      "> without: logins, not mirrored: moves may come from that alone; run with --fetch",
      "Whose score moves most (without: logins, not mirrored) (1)",
      "| Nordvik AS (501), worth 120,000 | watch 60 | at\\_risk 44 |",
      "### Growth, new\n\n| band | customers |\n| --- | --- |\n| low | 1 (120,000) |",
      "| Fall |  |  |  |  | gone from the new rules; depends on what was before: not shown |",
      "<summary>Call: by the old rules only (1)</summary>\n\n- Nordvik AS (501), worth 120,000\n",
    ]) {
      expect(text).toContain(part);
    }
  });
});
