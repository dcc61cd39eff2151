import { readRulesFile } from "../config/read-rules-file.ts";
import { previewRules } from "../pipeline/preview-rules.ts";
import { syncMirror } from "../pipeline/sync/sync-mirror.ts";
import { transitionalRules } from "../pipeline/transitional-rules.ts";
import { compileRuleset } from "../scoring/compiled-ruleset.ts";
import { openForCommand } from "./open-for-command.ts";
import { previewMarkdown } from "./preview/preview-markdown.ts";
import { previewText } from "./preview/preview-text.ts";
import { showProgress } from "./show-progress.ts";

export type PreviewArguments = { json?: true; markdown?: true; fetch?: true };

/** Prints what a new rule file would do to the customers of the mirror; with `fetch`, after reading what it asks for. */
export async function runPreview(file: string, { json, markdown, fetch }: PreviewArguments): Promise<void> {
  const { ruleset: next } = await readRulesFile(file, "argument");
  await openForCommand(
    async (pipeline) => {
      if (fetch) {
        const progress = showProgress();
        const rules = transitionalRules(pipeline.rules, compileRuleset(next));
        try {
          await syncMirror({ ...pipeline, rules }, "sweep", progress.sync);
        } finally {
          progress.stop();
        }
      }
      const preview = await previewRules(pipeline, next);
      if (json) console.log(JSON.stringify(preview, null, 2));
      else for (const line of (markdown ? previewMarkdown : previewText)(preview)) console.log(line);
    },
    { needsPortal: fetch === true },
  );
}
