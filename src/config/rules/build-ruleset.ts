import { IANAZone } from "luxon";
import { derivedFieldOf, derivedNamesOf } from "../../scoring/fields/derived-fields.ts";
import { sources } from "../../scoring/facts.ts";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import { builtInSignals } from "../../scoring/ruleset/signal.ts";
import { checkRings } from "./build-combination.ts";
import { buildCondition } from "./build-condition.ts";
import { buildPlay } from "./build-play.ts";
import { buildScore } from "./build-score.ts";
import { buildSignal } from "./build-signal.ts";
import { checkWrittenProperties } from "./check-written-properties.ts";
import type { Findings } from "./findings.ts";
import { noteField } from "./read-field.ts";
import type { RuleFile } from "./rule-file.ts";
import { sayFound } from "./say-found.ts";

/** Words of the rule language that would be taken for a signal or a score of that name. */
const reservedNames: readonly string[] = [
  ...builtInSignals,
  ...sources.flatMap((source) => derivedNamesOf(source).filter((name) => derivedFieldOf(source, name)?.isTruth)),
];
const MOST = { signals: 500, scores: 50, plays: 500 };

/** The ruleset that a file means; where `findings` then tells problems, it must not be used. */
export function buildRuleset(file: RuleFile, hash: string, findings: Findings): Ruleset {
  const { report } = findings;
  checkTimezone(file.timezone, findings);
  checkRates(file, findings);
  const signals = atMost("signals", Object.entries(file.signals), findings).map(([name, text]) => {
    checkName(["signals", name], findings);
    return buildSignal(name, text, findings);
  });
  checkRings(signals, findings);
  const { language } = file;
  const withSignals: Findings = { ...findings, signals };
  const scores = atMost("scores", Object.entries(file.scores), findings).map(([name, text]) => {
    checkName(["scores", name], findings);
    if (signals.some((signal) => signal.name === name)) {
      report(["scores", name], "a signal has this name already", "key");
    }
    return buildScore(name, text, { signals, language }, withSignals);
  });
  const plays = atMost("plays", file.plays ?? [], findings).map((text, index) => buildPlay(text, index, withSignals));
  for (const [index, { slug }] of plays.entries()) {
    if (plays.findIndex((play) => play.slug === slug) < index) {
      report(["plays", index, "name"], "a play before has this name");
    }
  }
  if (file.fallback_owner) findings.person(file.fallback_owner.email, ["fallback_owner", "email"]);
  const ruleset: Ruleset = {
    hash,
    name: file.name,
    language,
    timezone: file.timezone,
    prefix: file.prefix ?? "chs_",
    customers: buildCustomers(file.customers, findings),
    fallbackOwner: file.fallback_owner?.email ?? null,
    holidays: file.holidays ?? [],
    rates: new Map(Object.entries(file.rates ?? {})),
    signals,
    scores,
    plays,
  };
  checkWrittenProperties(ruleset, findings);
  return ruleset;
}

function buildCustomers(text: RuleFile["customers"], findings: Findings): Ruleset["customers"] {
  const { where, churned, since = null, value = null, renewal = null } = text;
  const note = (field: string | null, key: string, as: "number" | "date") => {
    if (field !== null) noteField({ of: "company", field }, ["customers", key], { as }, findings);
  };
  note(since, "since", "date");
  note(value, "value", "number");
  note(renewal, "renewal", "date");
  return {
    where: buildCondition(where, ["customers", "where"], "company", findings),
    churned: churned ? buildCondition(churned.where, ["customers", "churned", "where"], "company", findings) : null,
    since,
    value,
    renewal,
  };
}

/** The first so many: what no person has written would only take time. */
function atMost<T>(what: keyof typeof MOST, all: readonly T[], findings: Findings): readonly T[] {
  if (all.length > MOST[what]) findings.report([what], `expected at most ${MOST[what]} ${what}, found ${all.length}`);
  return all.slice(0, MOST[what]);
}

function checkName(path: [string, string], findings: Findings): void {
  if (reservedNames.includes(path[1])) findings.report(path, "this name is reserved", "key");
}

function checkTimezone(timezone: string, findings: Findings): void {
  if (IANAZone.isValidZone(timezone)) return;
  const nearest = sayNearest(timezone, Intl.supportedValuesOf("timeZone"));
  findings.report(
    ["timezone"],
    `no time zone is called ${sayFound(timezone)}${nearest || "; expected one such as Europe/Oslo"}`,
  );
}

/** A currency that amounts are to be turned into needs a rate as soon as any other has one. */
function checkRates({ rates, signals }: RuleFile, findings: Findings): void {
  if (!rates) return;
  for (const [name, { currency }] of Object.entries(signals)) {
    if (currency !== undefined && !Object.hasOwn(rates, currency)) {
      const known = Object.keys(rates).join(", ");
      findings.report(["signals", name, "currency"], `${currency} has no rate; rates are given for ${known}`);
    }
  }
}
