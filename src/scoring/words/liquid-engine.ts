import { Liquid, type Template } from "liquidjs";

/** A template that names what is not there to be named. */
export class UnknownTemplateName extends Error {
  readonly found: readonly string[];
  readonly known: readonly string[];

  constructor(found: readonly string[], known: readonly string[]) {
    super(`nothing is called ${found.map((name) => `"${name}"`).join(", ")} here; known: ${known.join(", ")}`);
    this.name = "UnknownTemplateName";
    this.found = found;
    this.known = known;
  }
}

/** A text that is no template, or one that cannot be filled in. */
export class BrokenTemplate extends Error {
  constructor(cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    // The engine ends its messages with a place in the template, which is not the place in the file.
    super(said.replaceAll(/\s*\n\s*/g, " ").replace(/(, file:[^,]*)?, line:\d+, col:\d+$/, ""), { cause });
    this.name = "BrokenTemplate";
  }
}

export type ParsedTemplate = {
  /** What the template names from outside, in segments: `company.name` is `["company", "name"]`. */
  names: readonly (readonly unknown[])[];
  /** A name without a value is blank. A template that cannot be filled in with these values gives an empty text. */
  render(variables: object): string;
};

const LOOPS = ["for", "tablerow"];
const TAGS = ["if", "unless", "case", "assign", "capture", "comment", "raw", "echo", "#"];
/** None of them fails on any text, asks for the time or for chance, or takes longer than its text is long. */
const FILTERS = [
  ...["upcase", "downcase", "capitalize", "append", "prepend", "default", "escape", "size", "slice"],
  ...["replace", "replace_first", "remove", "remove_first", "truncate", "truncatewords"],
  ...["strip", "lstrip", "rstrip", "strip_newlines"],
  ...["split", "join", "first", "last", "uniq", "sort", "reverse", "concat"],
  ...["plus", "minus", "times", "round", "floor", "ceil", "abs", "at_least", "at_most"],
];
/** What every name stands for, in turn, when a template is tried out. */
const SAMPLES = ["", "12", "%", "<b>", "Ødegård & sønn: 50 %\n- a, b"];

const engine = createEngine();

/**
 * A Liquid template without loops, tried out once with sample values. Throws `BrokenTemplate` where the text is none, or
 * where it cannot be filled in with them.
 */
export function parseTemplate(template: string): ParsedTemplate {
  try {
    const parsed = engine.parse(template);
    const names = engine.globalVariableSegmentsSync(parsed);
    for (const sample of SAMPLES) fillIn(parsed, variablesOf(names, sample));
    return { names, render: (variables) => renderOrBlank(parsed, variables) };
  } catch (error) {
    throw new BrokenTemplate(error);
  }
}

function fillIn(parsed: Template[], variables: object): string {
  return String(engine.renderSync(parsed, variables));
}

/** A branch that no sample reached may still fail: a customer must be decided without its words rather than not at all. */
function renderOrBlank(parsed: Template[], variables: object): string {
  try {
    return fillIn(parsed, variables);
  } catch {
    return "";
  }
}

/** Variables in which every name that a template may use is there, all with the same value. */
function variablesOf(names: readonly (readonly unknown[])[], value: string): object {
  const variables: Record<string, string | Record<string, string>> = {};
  for (const [first, second] of names.map((segments) => segments.map(String))) {
    if (first === undefined) continue;
    const group = variables[first];
    if (second === undefined) variables[first] ??= value;
    else variables[first] = { ...(typeof group === "object" ? group : {}), [second]: value };
  }
  return variables;
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
  for (const tag of LOOPS) {
    liquid.registerTag(tag, {
      parse() {
        throw new Error("loops do not work here");
      },
      render: () => "",
    });
  }
  for (const filter of Object.keys(liquid.filters)) {
    if (!FILTERS.includes(filter)) Reflect.deleteProperty(liquid.filters, filter);
  }
  return liquid;
}
