import type { CompiledPlay } from "./compiled-play.ts";
import type { TaskOwners } from "../decision.ts";
import type { Facts } from "../facts.ts";
import type { Moment } from "../time/moment.ts";
import type { TaskOwner, TaskSettings } from "../ruleset/play.ts";
import type { PlayNow } from "./play-now.ts";

/** The settings of a play's task now, and which of its escalations holds, if any: the first that does. */
export function taskSettings(
  { play: { task }, escalations }: CompiledPlay,
  now: PlayNow,
  moment: Moment,
): TaskSettings & { escalation: string | null } {
  const { owner, dueWorkingDays, priority, type } = task;
  const escalation = escalations.find(({ holds }) => holds(now, moment));
  return { owner, dueWorkingDays, priority, type, ...escalation?.settings, escalation: escalation?.id ?? null };
}

/**
 * Who gets a task: one owner, or those of whom one gets it in turn. Where that is nobody who is there, it is the
 * fallback owner; null where that is nobody either.
 */
export function ownerOf(
  owner: TaskOwner,
  facts: Facts,
  fallbackOwner: string | null,
  { active, idByEmail }: TaskOwners,
): { ownerId: string | null; team: string[] } {
  const idOf = (email: string | null) => (email === null ? null : (idByEmail.get(email.toLowerCase()) ?? null));
  const firstActive = (ids: readonly (string | null | undefined)[]) => ids.find((id) => id && active.has(id)) ?? null;
  switch (owner.kind) {
    case "email":
      return { ownerId: idOf(owner.email) ?? idOf(fallbackOwner), team: [] };
    case "company":
      return { ownerId: firstActive([facts.company.hubspot_owner_id]) ?? idOf(fallbackOwner), team: [] };
    case "contact": {
      const ids = facts.contacts?.map((contact) => contact.hubspot_owner_id) ?? [];
      return { ownerId: firstActive(ids) ?? idOf(fallbackOwner), team: [] };
    }
    case "team": {
      const team = [...new Set(owner.emails.flatMap((email) => idOf(email) ?? []))];
      return { ownerId: team.length > 0 ? null : idOf(fallbackOwner), team };
    }
  }
}
