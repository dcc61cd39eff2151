import { sayNearest } from "../scoring/ruleset/nearest-name.ts";
import type { PropertyUse } from "../scoring/ruleset/property-use.ts";
import type { PortalProblem } from "./check-rules.ts";
import type { PropertyDefinition } from "./hubspot-port.ts";

const truths = ["true", "false"];
const wordsOfTruth: Readonly<Record<string, string>> = { yes: "true", no: "false" };
const dateTypes = ["date", "datetime"];

/** What does not fit between a property and what a rule file takes it for: its type, or its options. */
export function checkUse(use: PropertyUse, definition: PropertyDefinition): PortalProblem[] {
  const { property, place } = use;
  const { type } = definition;
  const expected = expectedType(use, definition);
  if (expected !== null) {
    return [{ ...place, message: `${property} is ${sayType(type)} in the portal; expected ${expected} here` }];
  }
  const options = optionsOf(definition);
  if (use.as === "any" || options.length === 0) return [];
  const texts = use.values.map(({ text }) => (type === "bool" ? (wordsOfTruth[text] ?? text) : text));
  const problems: PortalProblem[] = [];
  for (const [index, { text, place: at }] of use.values.entries()) {
    if (options.includes(texts[index] ?? "")) continue;
    const nearest = sayNearest(text, options) || `; it has ${options.slice(0, 20).join(", ")}`;
    problems.push({ ...at, message: `${property} has no option ${JSON.stringify(text)}${nearest}` });
  }
  const left = options.filter((option) => !texts.includes(option));
  if (use.exhaustive && left.length > 0) {
    problems.push({
      ...place,
      message: `no grade for ${left.slice(0, 20).join(", ")}: every option of ${property} needs one`,
    });
  }
  return problems;
}

/** What the portal should have in the place of this property; null where it fits. */
function expectedType({ as, values }: PropertyUse, { type, options }: PropertyDefinition): string | null {
  switch (as) {
    case "any":
      return null;
    case "number":
      return type === "number" || (type === "enumeration" && options.every(isNumber)) ? null : "a number";
    case "date":
      return dateTypes.includes(type) ? null : "a date";
    case "truth":
      return type === "bool" || type === "string" || (type === "enumeration" && options.includes("true"))
        ? null
        : "a yes or no";
    case "choice":
      if (type === "number") return values.every(({ text }) => isNumber(text)) ? null : "a text or a choice";
      return dateTypes.includes(type) ? "a text or a choice" : null;
  }
}

function optionsOf({ type, options }: PropertyDefinition): readonly string[] {
  if (type === "bool") return truths;
  return type === "enumeration" ? options : [];
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

function sayType(type: string): string {
  if (type === "bool") return "a yes or no";
  if (type === "enumeration") return "a choice";
  return `a ${type === "string" ? "text" : type}`;
}
