import { Liquid } from "liquidjs";

/** A template that names something that is not there to be named. */
export class UnknownTemplateName extends Error {
  readonly found: string;
  readonly known: readonly string[];

  constructor(found: string, known: readonly string[]) {
    super(`nothing is called "${found}" here; known: ${known.join(", ")}`);
    this.name = "UnknownTemplateName";
    this.found = found;
    this.known = known;
  }
}

export type ParsedTemplate = {
  /** What the template names from outside, in segments: `company.name` is `["company", "name"]`. */
  names: readonly (readonly unknown[])[];
  /** A name without a value is blank. */
  render(variables: object): string;
};

const TAGS = ["if", "unless", "case", "assign", "capture", "comment", "raw", "echo", "#"];

const engine = createEngine();

/** A Liquid template without loops. Throws liquidjs' own error where the text is none. */
export function parseTemplate(template: string): ParsedTemplate {
  const parsed = engine.parse(template);
  return {
    names: engine.globalVariableSegmentsSync(parsed),
    render: (variables) => String(engine.renderSync(parsed, variables)),
  };
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
