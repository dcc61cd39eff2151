import type { RuleProblem } from "./rule-problems.ts";

/** No person has written a greater file; a machine could write one that takes minutes to read. */
export const MOST_BYTES = 1_000_000;
const MOST_DEPTH = 100;
const MOST_INDENTATION = 200;

/**
 * What makes a text too great to be read at all: its length, or brackets or indentations so deep that a parser that
 * goes down into them would not come back. Null where nothing does.
 */
export function findTooGreat(text: string): RuleProblem | null {
  if (text.length > MOST_BYTES) {
    return { line: 1, column: 1, message: `expected at most ${MOST_BYTES} characters, found ${text.length}` };
  }
  let depth = 0;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const indentation = /^(?:[ \t]|[-?:](?=[ \t]|$))*/.exec(line)?.[0].length ?? 0;
    if (indentation > MOST_INDENTATION) {
      const message = `indented by ${indentation} columns; at most ${MOST_INDENTATION} are read`;
      return { line: index + 1, column: MOST_INDENTATION + 1, message };
    }
    for (let at = 0; at < line.length; at += 1) {
      const mark = line[at];
      if (mark === "[" || mark === "{") depth += 1;
      else if ((mark === "]" || mark === "}") && depth > 0) depth -= 1;
      if (depth > MOST_DEPTH) {
        return { line: index + 1, column: at + 1, message: `more than ${MOST_DEPTH} brackets are open here` };
      }
    }
  }
  return null;
}
