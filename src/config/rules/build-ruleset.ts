import { IANAZone } from "luxon";
import { reservedBands, type Ruleset, type ScoreRules } from "../../scoring/ruleset.ts";
import { buildCondition } from "./build-condition.ts";
import { buildPlay } from "./build-play.ts";
import { buildScore } from "./build-score.ts";
import { buildSignal } from "./build-signal.ts";
import { checkWrittenProperties } from "./check-written-properties.ts";
import type { RuleFile } from "./rule-file.ts";

/** Something wrong at a path of the file; `of` tells whether the key or the value is meant. */
export type NamedProblem = { path: readonly (string | number)[]; message: string; of?: "key" | "value" };

/** Collects what is wrong while a ruleset is built, so that all of it can be said at once. */
export type Report = (path: NamedProblem["path"], message: string, of?: NamedProblem["of"]) => void;

/** The ruleset that a file means, and what is wrong in it; with problems the ruleset must not be used. */
export function buildRuleset(file: RuleFile, hash: string): { ruleset: Ruleset; problems: NamedProblem[] } {
  const problems: NamedProblem[] = [];
  const report: Report = (path, message, of = "value") => problems.push({ path, message, of });

  if (!IANAZone.isValidZone(file.timezone)) report(["timezone"], `no time zone is called "${file.timezone}"`);
  const signals = Object.entries(file.signals).map(([name, text]) => buildSignal(name, text, report));
  const signalNames = new Set(signals.map(({ name }) => name));
  const scores = Object.entries(file.scores).map(([name, text]) => {
    if (signalNames.has(name)) report(["scores", name], "a signal has this name already", "key");
    return buildScore(name, text, signals, report);
  });
  const plays = (file.plays ?? []).map((text, index) => buildPlay(text, index, scores, report));
  for (const [index, { slug }] of plays.entries()) {
    if (plays.findIndex((play) => play.slug === slug) < index)
      report(["plays", index, "name"], "a play before has this name");
  }

  const { where, churned, value, renewal } = file.customers;
  const ruleset: Ruleset = {
    hash,
    name: file.name,
    language: file.language,
    timezone: file.timezone,
    prefix: file.prefix ?? "chs_",
    customers: {
      where: buildCondition(where, ["customers", "where"], report, "company"),
      churned: churned ? buildCondition(churned.where, ["customers", "churned", "where"], report, "company") : null,
      value: value ?? null,
      renewal: renewal ?? null,
    },
    fallbackOwner: file.fallback_owner?.email ?? null,
    signals,
    scores,
    plays,
  };
  checkBands(scores, report);
  checkWrittenProperties(ruleset, report);
  return { ruleset, problems };
}

function checkBands(scores: readonly ScoreRules[], report: Report): void {
  for (const { name, bands } of scores) {
    let edge = 0;
    for (const [index, band] of bands.entries()) {
      const path = ["scores", name, "bands", band.name];
      const isLast = index === bands.length - 1;
      if (reservedBands.some((reserved) => reserved === band.name)) report(path, "this name is reserved", "key");
      if (isLast !== (band.below === null)) {
        report(
          path,
          isLast ? "the last band holds the rest: it takes no below" : "every band but the last needs a below",
        );
      } else if (band.below !== null && (band.below <= edge || band.below > 100)) {
        report([...path, "below"], `expected more than ${edge} and at most 100, found ${band.below}`);
      }
      edge = band.below ?? edge;
    }
  }
}
