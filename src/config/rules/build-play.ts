import { namesOf } from "../../scoring/words/task-text.ts";
import type { Play, TaskOwner, TaskSettings } from "../../scoring/ruleset/play.ts";
import { buildCondition } from "./build-condition.ts";
import { buildClosing, buildTrigger } from "./build-trigger.ts";
import { readTemplate } from "./check-template.ts";
import type { Findings, Path } from "./findings.ts";
import type { OwnerText, PlayText } from "./play-text.ts";
import { checkPropertyName } from "./read-field.ts";
import { sayFound, sayKnown } from "./say-found.ts";

export function buildPlay(text: PlayText, index: number, findings: Findings): Play {
  const path = ["plays", index];
  const slug = slugOf(text.name);
  if (slug === "") findings.report([...path, "name"], "expected a name with letters or digits");
  const { trigger, conditions } = buildTrigger(text.when, [...path, "when"], findings);
  const { rearm, task } = text;
  if (rearm?.above_edge !== undefined && trigger.kind !== "enters") {
    findings.report(
      [...path, "rearm", "above_edge"],
      "goes with enters alone: only a band that is entered has an edge",
      "key",
    );
  }
  for (const part of ["subject", "body"] as const) noteTemplate(task[part], [...path, "task", part], findings);
  return {
    name: text.name,
    slug,
    trigger,
    conditions,
    rearm: { aboveEdge: rearm?.above_edge ?? 0, after: rearm?.after ?? null },
    weeklyCapacity: text.capacity ?? null,
    task: {
      subject: task.subject,
      body: task.body,
      owner: { kind: "company" },
      priority: "MEDIUM",
      type: "TODO",
      ...buildSettings(task, [...path, "task"], findings),
      dueWorkingDays: task.due,
      escalations: (task.escalate ?? []).map((escalation, at) => ({
        when: buildCondition(escalation.when, [...path, "task", "escalate", at, "when"], "scores", findings),
        ...buildSettings(escalation, [...path, "task", "escalate", at], findings),
      })),
    },
    closeWhen: text.close_when ? buildClosing(text.close_when, [...path, "close_when"], findings) : null,
  };
}

/** `Ring kunden på én dag!` as `ring-kunden-pa-en-dag`. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

function noteTemplate(template: string, path: Path, findings: Findings): void {
  const names = readTemplate(template, path, namesOf, findings);
  if (!names) return;
  for (const property of names.companyProperties) {
    checkPropertyName(property, path, findings);
    findings.use({ source: "company", property, as: "any", path });
  }
  const { signals } = findings.known;
  for (const name of names.signals) {
    if (!signals.includes(name))
      findings.report(path, `no signal is called ${sayFound(name)}${sayKnown(name, signals)}`);
  }
}

type SettingsText = Pick<PlayText["task"], "owner" | "priority" | "type"> & { due?: number | undefined };

/** What is named of who gets a task, and when and how; the rest is absent. */
function buildSettings(
  { owner, due, priority, type }: SettingsText,
  path: Path,
  findings: Findings,
): Partial<TaskSettings> {
  return {
    ...(owner && { owner: buildOwner(owner, [...path, "owner"], findings) }),
    ...(due === undefined ? {} : { dueWorkingDays: due }),
    ...(priority && { priority }),
    ...(type && { type }),
  };
}

function buildOwner(text: OwnerText, path: Path, findings: Findings): TaskOwner {
  if (text === "company" || text === "contact") return { kind: text };
  const { email, team } = text;
  if ((email === undefined) === (team === undefined)) findings.report(path, "expected either email or team");
  if (email !== undefined) {
    findings.person(email, [...path, "email"]);
    return { kind: "email", email };
  }
  for (const [index, member] of (team ?? []).entries()) findings.person(member, [...path, "team", index]);
  return { kind: "team", emails: team ?? [] };
}
