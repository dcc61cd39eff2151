import { Liquid, type Template } from "liquidjs";

/** What a template of a task may name. */
export type TaskTextVariables = {
  company: Readonly<Record<string, string>>;
  score: string;
  band: string;
  /** `-23`, `+4` against the score before. */
  change: string;
  /** One reason a line, each after a dash. */
  reasons: string;
};

/** A template that names something that no task has. */
export class UnknownTemplateName extends Error {
  readonly found: string;

  constructor(found: string) {
    super(`nothing is called "${found}" here; known: company.<property>, ${PLAIN_NAMES.join(", ")}`);
    this.name = "UnknownTemplateName";
    this.found = found;
  }
}

const PLAIN_NAMES = ["score", "band", "change", "reasons"];
const TAGS = ["if", "unless", "case", "assign", "capture", "comment", "raw", "echo", "#"];

const engine = createEngine();

export type TaskText = (variables: TaskTextVariables) => string;

/**
 * A Liquid template as a function, without loops. A property that the company does not have is blank. Throws liquidjs'
 * own error where the text is no template, and `UnknownTemplateName`.
 */
export function compileTaskText(template: string): TaskText {
  const parsed = engine.parse(template);
  checkNames(parsed);
  return (variables) => String(engine.renderSync(parsed, variables));
}

/** The company properties that a template names. Throws as `compileTaskText` does. */
export function companyPropertiesOf(template: string): string[] {
  return checkNames(engine.parse(template)).filter((property) => property !== "id");
}

/** Gives the company properties, each once. */
function checkNames(parsed: Template[]): string[] {
  const properties = new Set<string>();
  for (const segments of engine.globalVariableSegmentsSync(parsed)) {
    const [first, second] = segments;
    if (segments.length === 1 && PLAIN_NAMES.some((name) => name === first)) continue;
    if (first !== "company" || segments.length !== 2 || typeof second !== "string") {
      throw new UnknownTemplateName(segments.map(String).join("."));
    }
    properties.add(second);
  }
  return [...properties];
}

/**
 * Rule files are pasted from anywhere: no template may read a file, reach a prototype, or run for ever, so there are no
 * loops. Nor may it ask for the time or for chance: the same decision gives the same text.
 */
function createEngine(): Liquid {
  const liquid = new Liquid({ ownPropertyOnly: true, strictFilters: true, templates: {}, memoryLimit: 1_000_000 });
  for (const tag of Object.keys(liquid.tags)) {
    if (!TAGS.includes(tag)) Reflect.deleteProperty(liquid.tags, tag);
  }
  for (const filter of Object.keys(liquid.filters)) {
    if (filter === "sample" || filter.startsWith("date")) Reflect.deleteProperty(liquid.filters, filter);
  }
  return liquid;
}
