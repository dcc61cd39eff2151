import type { Play, TaskSettings } from "../ruleset/play.ts";
import { compilePlayCondition, type PlayCondition } from "./play-condition.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import type { ScoreRules } from "../ruleset/score-rules.ts";
import { compileTaskText, type TaskText } from "../words/task-text.ts";

/** A play with everything worked out that does not depend on a customer. */
export type CompiledPlay = {
  play: Play;
  /** The score that the play is about: the one that its trigger names, else the first of the file. */
  score: ScoreRules;
  subject: TaskText;
  body: TaskText;
  holds: PlayCondition;
  /** Null where the task is left to people. */
  closes: PlayCondition | null;
  /** `id` is the same for the same condition and settings, wherever they stand in the list. */
  escalations: readonly { id: string; holds: PlayCondition; settings: Partial<TaskSettings> }[];
};

/** @throws RangeError for a play of a score that the ruleset does not have: files are checked before. */
export function compilePlay(play: Play, ruleset: Ruleset): CompiledPlay {
  const { trigger, task, closeWhen } = play;
  const score = "score" in trigger ? ruleset.scores.find(({ name }) => name === trigger.score) : ruleset.scores[0];
  if (!score) throw new RangeError(`compilePlay: the play "${play.name}" is about a score that there is not`);
  const names = new Set(ruleset.scores.map(({ name }) => name));
  return {
    play,
    score,
    subject: compileTaskText(task.subject),
    body: compileTaskText(task.body),
    holds: compilePlayCondition(play.conditions, names),
    closes: closeWhen && compilePlayCondition(closeWhen, names),
    escalations: task.escalations.map(({ when, ...settings }) => ({
      id: JSON.stringify([when, settings]),
      holds: compilePlayCondition(when, names),
      settings,
    })),
  };
}
