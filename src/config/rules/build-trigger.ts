import type { Condition, FieldTest } from "../../scoring/ruleset/field-test.ts";
import { HISTORY_DAYS } from "../../scoring/scores/past-score.ts";
import type { Trigger } from "../../scoring/ruleset/play.ts";
import type { Duration } from "../../scoring/time/duration.ts";
import { buildTests } from "./build-condition.ts";
import { checkCompared, type PlacedTest } from "./check-compared.ts";
import type { OperatorsText } from "./condition-text.ts";
import type { Findings, Path } from "./findings.ts";
import type { PlayText, PlayTestText } from "./play-text.ts";
import { sayFound, sayKnown } from "./say-found.ts";

const triggerKinds = ["enters", "leaves", "drops", "reaches"] as const;
type Group = Extract<PlayTestText, object> extends infer G ? Exclude<G, readonly unknown[]> : never;

const DEFAULT_GRACE: Duration = { amount: 7, unit: "d" };
/** A trigger that stands for one that cannot be built; with it comes a problem. */
const nothing: Trigger = { kind: "enters", score: "", band: "" };

/** What sets a play off, and what must hold as well. */
export function buildTrigger(
  text: PlayText["when"],
  path: Path,
  findings: Findings,
): { trigger: Trigger; conditions: Condition } {
  const triggers: Trigger[] = [];
  const conditions: FieldTest[] = [];
  for (const [field, test] of Object.entries(text)) {
    const at = [...path, field];
    const kinds = isGroup(test) ? triggerKinds.filter((kind) => test[kind] !== undefined) : [];
    if (!isGroup(test) || kinds.length === 0) {
      if (isGroup(test) && test.grace) findings.report([...at, "grace"], "goes with reaches alone", "key");
      conditions.push(...buildTests(field, test, at, "scores", findings));
      continue;
    }
    triggers.push(...kinds.map((kind) => triggerOf(kind, field, test, at, findings)));
    checkBeside(kinds, test, at, findings);
  }
  const [trigger = nothing] = triggers;
  if (triggers.length !== 1) {
    const expected =
      "expected exactly one trigger, as { <score>: { enters: <band> } } with enters, leaves, drops or reaches";
    const found = triggers.length === 0 ? `none${hintOfTrigger(text, findings)}` : triggers.length;
    findings.report(path, `${expected}, found ${found}`);
  }
  return { trigger, conditions };
}

/** A condition on a score is likely to mean that the play is set off when its worst band is entered, or the one named. */
function hintOfTrigger(text: PlayText["when"], findings: Findings): string {
  for (const [field, test] of Object.entries(text)) {
    const bands = findings.known.scores.get(field);
    const band = bands?.find((name) => name === test) ?? bands?.[0];
    if (band !== undefined) return `; write { ${field}: { enters: ${band} } }`;
  }
  return "";
}

/** When a task is closed; `leaves` means that the band is a named one other than that. */
export function buildClosing(text: NonNullable<PlayText["close_when"]>, path: Path, findings: Findings): Condition {
  return Object.entries(text).flatMap(([field, test]): FieldTest[] => {
    const at = [...path, field];
    if (typeof test === "string" || Array.isArray(test) || test.leaves === undefined) {
      return buildTests(field, test, at, "scores", findings);
    }
    const { leaves, ...others } = test;
    checkScore(field, at, findings);
    checkBand(field, leaves, [...at, "leaves"], findings);
    const isMore = Object.values(others).some((value) => value !== undefined);
    const more = isMore ? buildTests(field, others, at, "scores", findings) : [];
    return [{ field, test: { kind: "not", values: [leaves] } }, ...more];
  });
}

function isGroup(test: PlayTestText): test is Group {
  return typeof test === "object" && !Array.isArray(test);
}

function triggerOf(
  kind: (typeof triggerKinds)[number],
  field: string,
  test: Group,
  path: Path,
  findings: Findings,
): Trigger {
  if (kind === "reaches") {
    const { signals, scores } = findings.known;
    if (!signals.includes(field)) {
      const hint = scores.has(field) ? "; a score is told by enters, leaves or drops" : sayKnown(field, signals);
      findings.report(path, `no signal is called ${sayFound(field)}${hint}`, "key");
    }
    const value = test.reaches ?? 0;
    const reached: PlacedTest = { test: { kind: "at_least", than: value }, values: [], as: "number" };
    checkCompared(field, reached, path, findings);
    return { kind, signal: field, value, grace: test.grace ?? DEFAULT_GRACE };
  }
  checkScore(field, path, findings);
  if (kind === "drops") {
    return { kind, score: field, points: test.drops ?? 0, within: windowOf(test.within, path, findings) };
  }
  const band = test[kind] ?? "";
  checkBand(field, band, [...path, kind], findings);
  return { kind, score: field, band };
}

function windowOf(within: OperatorsText["within"], path: Path, findings: Findings): Duration {
  if (!within) {
    findings.report(path, "expected within beside drops: the time in which the points are lost, such as within: 30d");
    return DEFAULT_GRACE;
  }
  const { isNext, duration } = within;
  const days = { h: 1 / 24, d: 1, w: 7, mo: 31, y: 366 }[duration.unit] * duration.amount;
  const isFar = duration.unit === "mo" ? duration.amount > 12 : days > HISTORY_DAYS;
  if (isNext || duration.unit === "h" || isFar) {
    findings.report([...path, "within"], "expected days or longer, up to a year, such as 30d");
  }
  return duration;
}

function checkBeside(kinds: readonly (keyof Group)[], test: Group, path: Path, findings: Findings): void {
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return;
  const own: Partial<Record<string, string>> = { drops: "within", reaches: "grace" };
  const others = Object.entries(test).filter(
    ([key, value]) => value !== undefined && key !== kind && key !== own[kind],
  );
  for (const [key] of others) {
    findings.report([...path, key], `does not go with ${kind}; allowed beside it: ${own[kind] ?? "nothing"}`, "key");
  }
}

function checkScore(name: string, path: Path, findings: Findings): void {
  const { scores } = findings.known;
  if (!scores.has(name)) {
    findings.report(path, `no score is called ${sayFound(name)}${sayKnown(name, scores.keys())}`, "key");
  }
}

function checkBand(score: string, band: string, path: Path, findings: Findings): void {
  const bands = findings.known.scores.get(score);
  if (bands && !bands.includes(band)) {
    findings.report(path, `no band of ${score} is called ${sayFound(band)}${sayKnown(band, bands)}`);
  }
}
