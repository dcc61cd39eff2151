import { derivedFieldOf, PROPERTY_PREFIX } from "../../scoring/fields/derived-fields.ts";
import { parseDaysBetween } from "../../scoring/fields/derived-fields.ts";
import type { PropertyUse } from "../../scoring/ruleset/property-use.ts";
import type { FieldText } from "./field-text.ts";
import type { Findings, NamedUse, Path } from "./findings.ts";

const HUBSPOT_NAME = /^[a-z][a-z0-9_]*$/;

/** Checks a property's name where it must be one of HubSpot's. `path` is where it stands. */
export function checkPropertyName(
  property: string,
  path: Path,
  findings: Findings,
  of: "key" | "value" = "value",
): void {
  if (findings.propertyNames === "any" || HUBSPOT_NAME.test(property)) return;
  const likely = property
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const hint = HUBSPOT_NAME.test(likely) ? `; did you mean ${JSON.stringify(likely)}?` : "";
  const expected = "expected a property by its internal name of lower-case letters, digits and _";
  findings.report(path, `${expected}, found ${JSON.stringify(property.slice(0, 60))}${hint}`, of);
}

/** How a field is used: `as` what, and the values that it is compared with. */
type Usage = Pick<PropertyUse, "as"> & Pick<NamedUse, "values" | "exhaustive" | "of">;

/**
 * Checks the name of a field, and notes the properties that it names: of `days_between(a, b)` both dates, of a derived
 * field none, because the file does not name what it is worked out from.
 */
export function noteField({ of: source, field }: FieldText, path: Path, usage: Usage, findings: Findings): void {
  const at = usage.of ?? "value";
  const dates = parseDaysBetween(field);
  if (dates) {
    for (const date of dates) {
      checkPropertyName(date, path, findings, at);
      findings.use({ source, property: date, as: "date", path, of: at });
    }
    return;
  }
  if (field.startsWith("days_between")) {
    findings.report(path, `expected days_between(<date>, <date>), found ${JSON.stringify(field.slice(0, 60))}`, at);
    return;
  }
  if (source !== "company" && derivedFieldOf(source, field)) return;
  const isPrefixed = source !== "company" && field.startsWith(PROPERTY_PREFIX);
  const property = isPrefixed ? field.slice(PROPERTY_PREFIX.length) : field;
  checkPropertyName(property, path, findings, at);
  findings.use({ source, property, path, ...usage });
}
