import type { Play, ScoreRules } from "../../scoring/ruleset.ts";
import { companyPropertiesOf } from "../../scoring/task-text.ts";
import { writtenPropertiesOf } from "../../scoring/written-properties.ts";
import type { Report } from "./build-ruleset.ts";
import type { PlayText } from "./rule-file.ts";

export function buildPlay(text: PlayText, index: number, scores: readonly ScoreRules[], report: Report): Play {
  const path = ["plays", index];
  const slug = text.name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  if (slug === "") report([...path, "name"], "expected a name with letters or digits");
  const written = new Set(writtenPropertiesOf({ scores }));
  for (const part of ["subject", "body"] as const) {
    const at = [...path, "task", part];
    try {
      for (const property of companyPropertiesOf(text.task[part])) {
        if (written.has(property)) report(at, `${property} is written by this file, so it cannot be read by it`);
      }
    } catch (error) {
      report(at, `not a template: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const entered = bandIn(text.when, "enters", [...path, "when"], scores, report);
  const left = text.close_when && bandIn(text.close_when, "leaves", [...path, "close_when"], scores, report);
  const { owner, due, priority, type, subject, body } = text.task;
  return {
    name: text.name,
    slug,
    when: { score: entered.score, enters: entered.band },
    task: {
      subject,
      body,
      owner: typeof owner === "object" ? { kind: "email", email: owner.email } : { kind: "company" },
      dueWorkingDays: due,
      priority: priority ?? "MEDIUM",
      type: type ?? "TODO",
    },
    closeWhen: left ? { score: left.score, leaves: left.band } : null,
  };
}

function bandIn<Verb extends string>(
  text: Record<string, Record<Verb, string>>,
  verb: Verb,
  path: (string | number)[],
  scores: readonly ScoreRules[],
  report: Report,
): { score: string; band: string } {
  const [entry, ...more] = Object.entries(text);
  if (!entry || more.length > 0) report(path, `expected one score, found ${more.length + (entry ? 1 : 0)}`);
  const [name, { [verb]: band }] = entry ?? ["", { [verb]: "" } as Record<Verb, string>];
  const score = scores.find((candidate) => candidate.name === name);
  if (entry && !score) {
    report(
      [...path, name],
      `no score is called "${name}"; known: ${scores.map((known) => known.name).join(", ")}`,
      "key",
    );
  }
  if (score && !score.bands.some((known) => known.name === band)) {
    const known = score.bands.map((candidate) => candidate.name).join(", ");
    report([...path, name, verb], `no band of ${name} is called "${band}"; known: ${known}`);
  }
  return { score: name, band };
}
