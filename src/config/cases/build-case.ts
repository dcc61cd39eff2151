import { DateTime } from "luxon";
import type { ExampleCase, Place } from "../../scoring/analysis/example-case.ts";
import { sources, type Facts, type PastValue, type PropertyValues } from "../../scoring/facts.ts";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import type { Observation } from "../../scoring/signals/snapshot.ts";
import { builtInSignals } from "../../scoring/ruleset/signal.ts";
import { isDate, numberIn } from "../rules/scalars.ts";
import { buildExpectations } from "./build-expectations.ts";
import { checkPropertyNames } from "./check-property-names.ts";
import { beforeShapes, type CaseFile, type CaseText } from "./case-file.ts";
import type { ReportCase } from "./parse-cases.ts";
import type { z } from "zod";

/** Tells, for paths within the case, where something stands, and what is wrong there. */
export type CaseWriter = {
  place: (path: readonly PropertyKey[], of?: "key" | "value") => Place;
  report: ReportCase;
};

type Defaults = Pick<z.output<typeof CaseFile>, "today" | "closed_stages">;

/** The stage of the portal's own ticket pipeline that means "closed". */
const CLOSED_STAGES = ["0/4"];

/** The example that a case of the file means; it is noon of its day. */
export function buildCase(text: CaseText, defaults: Defaults, ruleset: Ruleset, writer: CaseWriter): ExampleCase {
  const today = text.today ?? defaults.today;
  if (today === undefined) writer.report([], "expected a date under today, here or at the top of the file");
  checkPropertyNames(text, ruleset, writer.report);
  const instant = DateTime.fromISO(`${today ?? "2000-01-01"}T12:00`, { zone: ruleset.timezone });
  return {
    name: text.name,
    place: writer.place([]),
    instant: instant.toJSDate(),
    closedStages: text.closed_stages ?? defaults.closed_stages ?? CLOSED_STAGES,
    facts: buildFacts(text, instant, writer),
    before: text.before ? buildBefore(text.before, ruleset, writer) : null,
    expectations: buildExpectations(text.expect, ruleset, writer),
  };
}

function buildFacts(text: CaseText, now: DateTime, writer: CaseWriter): Facts {
  const history: Record<string, PastValue[]> = {};
  const stood: Record<string, string | null> = {};
  for (const [property, values] of Object.entries(text.history ?? {})) {
    for (const date of Object.keys(values)) {
      if (!isDate(date)) writer.report(["history", property, date], "expected a date such as 2026-09-01", "key");
    }
    const past = Object.entries(values).map(([date, value]) => ({
      at: DateTime.fromISO(date, { zone: now.zone }).toMillis(),
      value: value === "" ? null : value,
    }));
    history[property] = past.toSorted((a, b) => a.at - b.at);
    stood[property] = history[property].findLast(({ at }) => at <= now.toMillis())?.value ?? null;
  }
  const records = sources.map((source) => [source, (text[source] ?? []).map(valuesOf)] as const);
  return {
    companyId: "1",
    company: { name: text.name, ...stood, ...valuesOf(text.company ?? {}) },
    linked: {},
    history,
    ...(Object.fromEntries(records) as Record<(typeof sources)[number], PropertyValues[]>),
  };
}

function valuesOf(record: Readonly<Record<string, string>>): PropertyValues {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value === "" ? null : value]));
}

function buildBefore(
  text: Readonly<Record<string, unknown>>,
  { scores, signals }: Ruleset,
  { report }: CaseWriter,
): ExampleCase["before"] {
  const scoreNames = scores.map(({ name }) => name);
  const signalNames = [...signals.map(({ name }) => name), ...builtInSignals];
  const before = { scores: new Map<string, number>(), signals: new Map<string, Observation>() };
  for (const [key, value] of Object.entries(text)) {
    const path = ["before", key];
    if (key === "signals") {
      const parsed = beforeShapes.signals.safeParse(value);
      for (const issue of parsed.error?.issues ?? []) report([...path, ...issue.path], issue.message);
      for (const [name, was] of Object.entries(parsed.data ?? {})) {
        if (!signalNames.includes(name)) {
          report([...path, name], `no signal is called ${JSON.stringify(name)}${sayNearest(name, signalNames)}`, "key");
        }
        before.signals.set(name, observationOf(was));
      }
    } else if (scoreNames.includes(key)) {
      const parsed = beforeShapes.score.safeParse(value);
      for (const issue of parsed.error?.issues ?? []) report(path, issue.message);
      if (parsed.success) before.scores.set(key, parsed.data);
    } else {
      const known = [...scoreNames, "signals"];
      report(
        path,
        `no score is called ${JSON.stringify(key)}${sayNearest(key, known)}; known: ${known.join(", ")}`,
        "key",
      );
    }
  }
  return before;
}

function observationOf(text: string): Observation {
  if (text === "") return { known: false, why: "blank" };
  const value = text === "true" || text === "false" ? text === "true" : (numberIn(text) ?? text);
  return { known: true, value, since: null };
}
