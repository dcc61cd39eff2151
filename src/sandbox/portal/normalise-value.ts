import type { PropertyDefinition } from "./property-definition.ts";

/** A value as HubSpot would keep it (null: cleared), or HubSpot's reason for refusing it. */
export type Normalised = { value: string | null } | { code: string; message: string };

const DAY_MS = 86_400_000;
const TEXTAREA_LIMIT = 65_536;
const INTEGER = /^-?\d+$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Checks one written value and gives it the form that reads answer: dates `YYYY-MM-DD`, instants ISO in UTC, the rest
 * as written. Milliseconds are taken for both; for a date they must be midnight UTC.
 * https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide#property-type-and-fieldtype-values
 */
export function normaliseValue(definition: PropertyDefinition, raw: unknown): Normalised {
  if (raw === null || raw === undefined || raw === "") return { value: null };
  if (typeof raw === "object") return { code: "INVALID_TYPE", message: `${definition.name} must be a string` };
  const text = `${raw as string | number | boolean}`;
  switch (definition.type) {
    case "number":
      return text.trim() !== "" && Number.isFinite(Number(text))
        ? { value: text.trim() }
        : { code: "INVALID_DOUBLE", message: `${text} was not a valid number.` };
    case "bool":
      return ["true", "false"].includes(text) ? { value: text } : notAnOption(text, ["true", "false"]);
    case "date":
      return normaliseDate(text);
    case "datetime":
      return normaliseInstant(text);
    case "enumeration":
      return normaliseChoice(definition, text);
    case "string":
      return text.length <= TEXTAREA_LIMIT
        ? { value: text }
        : {
            code: "PROPERTY_VALUE_TOO_LONG",
            message: `${definition.name} is longer than ${TEXTAREA_LIMIT} characters`,
          };
  }
}

function normaliseDate(text: string): Normalised {
  const instant = INTEGER.test(text) ? Number(text) : DATE.test(text) ? Date.parse(text) : parseInstant(text);
  if (!isInstant(instant) || instant % DAY_MS !== 0)
    return { code: "INVALID_DATE", message: `${text} is not a valid date: give YYYY-MM-DD or midnight UTC.` };
  return { value: new Date(instant).toISOString().slice(0, 10) };
}

function normaliseInstant(text: string): Normalised {
  const instant = INTEGER.test(text) ? Number(text) : DATE.test(text) ? Date.parse(text) : parseInstant(text);
  return isInstant(instant)
    ? { value: new Date(instant).toISOString() }
    : { code: "INVALID_LONG", message: `${text} was not a valid long.` };
}

function parseInstant(text: string): number {
  return INSTANT.test(text) ? Date.parse(text) : NaN;
}

/** Beyond this a JavaScript Date, and HubSpot, hold no instant. */
function isInstant(instant: number): boolean {
  return Number.isFinite(instant) && Math.abs(instant) <= 8.64e15;
}

function normaliseChoice(definition: PropertyDefinition, text: string): Normalised {
  if (definition.externalOptions) return { value: text };
  const allowed = definition.options.map((option) => option.value);
  const chosen = definition.fieldType === "checkbox" ? text.split(";").filter(Boolean) : [text];
  return chosen.every((value) => allowed.includes(value)) ? { value: text } : notAnOption(text, allowed);
}

function notAnOption(text: string, allowed: readonly string[]): Normalised {
  return { code: "INVALID_OPTION", message: `${text} was not one of the allowed options: [${allowed.join(", ")}]` };
}
