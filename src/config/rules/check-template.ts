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
    if (error instanceof UnknownTemplateName) {
      for (const found of error.found) {
        const { message } = new UnknownTemplateName([found], error.known);
        findings.report(path, `not a template: ${message}${nearestIn(found, error.known)}`);
      }
    } else findings.report(path, `not a template: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** Of `signals.<name>` the first part alone is known: `signal.seats` is nearest to `signals.seats`. */
function nearestIn(found: string, known: readonly string[]): string {
  const dot = found.indexOf(".");
  const rest = dot > 0 ? found.slice(dot + 1) : "";
  return sayNearest(found, dot > 0 ? known.map((name) => name.replace(/<.*>$/, rest)) : known);
}
