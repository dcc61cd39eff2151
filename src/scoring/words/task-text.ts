import { parseTemplate, UnknownTemplateName, type ParsedTemplate } from "./liquid-engine.ts";

/** What a template of a task may name. */
export type TaskTextVariables = {
  company: Readonly<Record<string, string>>;
  score: string;
  band: string;
  /** `-23`, `+4` against the score before. */
  change: string;
  /** One reason a line, each after a dash. */
  reasons: string;
  /** What to do about the reasons, one piece of advice a line. */
  advice: string;
  /** The manager's own opinion, in words. */
  pulse: string;
  phase: string;
  /** Observations in words, by the name of the signal or of the built-in. */
  signals: Readonly<Record<string, string>>;
};

const PLAIN_NAMES = ["score", "band", "change", "reasons", "advice", "pulse", "phase"];
const KNOWN_NAMES = ["company.<property>", "signals.<name>", ...PLAIN_NAMES];

export type TaskText = (variables: TaskTextVariables) => string;
export type TemplateNames = { companyProperties: string[]; signals: string[] };

/**
 * A Liquid template as a function, without loops. A property that the company does not have is blank, and so is the
 * whole text where it cannot be filled in with the values given. Throws `BrokenTemplate` where the text is no template,
 * and `UnknownTemplateName`.
 */
export function compileTaskText(template: string): TaskText {
  const parsed = parseTemplate(template);
  sortNames(parsed);
  return (variables) => parsed.render(variables);
}

/**
 * The company properties (but `id`, which every company has) and the signals that a template names, each once. Throws as
 * `compileTaskText` does; whether there are such properties and signals is not checked.
 */
export function namesOf(template: string): TemplateNames {
  const { company, signals } = sortNames(parseTemplate(template));
  company.delete("id");
  return { companyProperties: [...company], signals: [...signals] };
}

/** The company properties that a template names, as `namesOf` gives them. */
export function companyPropertiesOf(template: string): string[] {
  return namesOf(template).companyProperties;
}

function sortNames({ names }: ParsedTemplate): { company: Set<string>; signals: Set<string> } {
  const found = { company: new Set<string>(), signals: new Set<string>() };
  const unknown = new Set<string>();
  for (const segments of names) {
    const [first, second] = segments;
    if (segments.length === 1 && PLAIN_NAMES.some((name) => name === first)) continue;
    if ((first !== "company" && first !== "signals") || segments.length !== 2 || typeof second !== "string") {
      unknown.add(segments.map(String).join("."));
    } else found[first].add(second);
  }
  if (unknown.size > 0) throw new UnknownTemplateName([...unknown], KNOWN_NAMES);
  return found;
}
