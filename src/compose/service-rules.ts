import type { RulesFile } from "../config/read-rules-file.ts";
import { watchRulesFile, type RulesWatch } from "../config/watch-rules-file.ts";
import type { PipelineContext } from "../pipeline/pipeline-context.ts";
import { compileRuleset } from "../scoring/compiled-ruleset.ts";

const LOOK_MS = 2_000;

export type ServiceRules = RulesWatch & {
  /** Asks for the work that puts waiting rules into force, where some wait. */
  requestAdoption(): Promise<void>;
};

/** Watches the rule file of a running service: a changed one that can be used is offered to come into force. */
export function watchServiceRules(
  file: string,
  first: RulesFile,
  { store, rulesInForce, log, now }: PipelineContext,
): ServiceRules {
  async function requestAdoption(): Promise<void> {
    if (rulesInForce.waiting()) await store.work.mark([{ kind: "sweep", key: "nightly", priority: "webhook" }], now());
  }

  const watch = watchRulesFile(file, first, {
    async onChange({ ruleset, text }) {
      rulesInForce.offer({ rules: compileRuleset(ruleset), text });
      log.info({ rulesetHash: ruleset.hash }, "the rule file has changed");
      await requestAdoption();
    },
    everyMs: LOOK_MS,
    log,
  });
  return { ...watch, requestAdoption };
}
