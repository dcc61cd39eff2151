import { decide } from "../scoring/decision.ts";
import { createMoment } from "../scoring/time/moment.ts";
import { readMirrorState, unreadableOf } from "./mirror-state.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { linkedTypes } from "./record-sources.ts";
import type { DecisionCount, Priority } from "./store-port.ts";

export type RescoreOptions = { priority: Priority; tasksForCurrent: boolean };

/** Scores companies from the mirror and keeps what is to be written for them; calls HubSpot for nothing. */
export async function rescoreCompanies(
  { store, rules, portal, log, now }: PipelineContext,
  companyIds: readonly string[],
  { priority, tasksForCurrent }: RescoreOptions,
): Promise<DecisionCount> {
  const { closedStages, owners } = await portal.facts();
  const mirror = await readMirrorState(store);
  const cutPoints = new Map(Object.entries((await store.settings.read("cut_points")) ?? {}));
  const instant = now();
  const moment = createMoment(instant, rules.calendar, closedStages);
  return store.decisions.decideEach(
    companyIds,
    ({ facts, prior }) => {
      try {
        return decide(rules, facts, prior, moment, owners, { tasksForCurrent, cutPoints });
      } catch (error) {
        // A fault of the program: one company must not keep the others from their scores.
        log.error({ error, company: facts.companyId }, "a company could not be decided; its last score stands");
        return null;
      }
    },
    {
      rulesetHash: rules.ruleset.hash,
      unreadable: unreadableOf(mirror),
      linked: linkedTypes(rules),
      priority,
      now: instant,
    },
  );
}
