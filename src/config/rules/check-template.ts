import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import { UnknownTemplateName } from "../../scoring/words/liquid-engine.ts";
import type { Findings, Path } from "./findings.ts";

/** What `read` makes of a template; null where it is none, and then that is reported. */
export function readTemplate<T>(
  template: string,
  path: Path,
  read: (template: string) => T,
  findings: Findings,
): T | null {
  try {
    return read(template);
  } catch (error) {
    const said = error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, " ") : String(error);
    const nearest = error instanceof UnknownTemplateName ? sayNearest(error.found, error.known) : "";
    findings.report(path, `not a template: ${said}${nearest}`);
    return null;
  }
}
