import { sources, type Source } from "../../scoring/facts.ts";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import { scalar } from "./scalars.ts";

/** `company.last_login_at` or `invoices.days_late`: where a field is read from, and its name as it was written. */
export type FieldText = { of: "company" | Source; field: string };

const records: readonly string[] = sources;
const everywhere: readonly string[] = ["company", ...sources];

function fieldOf(allowed: readonly string[]) {
  return (text: string): FieldText | undefined => {
    const dot = text.indexOf(".");
    const of = text.slice(0, Math.max(0, dot));
    const field = text.slice(dot + 1).trim();
    return allowed.includes(of) && field !== "" ? { of: of as FieldText["of"], field } : undefined;
  };
}

function hintFor(allowed: readonly string[]) {
  return (found: string): string => {
    const dot = found.indexOf(".");
    if (dot > 0) {
      const nearest = sayNearest(found.slice(0, dot), allowed);
      return nearest.replace(/"(.+)"/, (_, of: string) => JSON.stringify(`${of}${found.slice(dot)}`));
    }
    return /^[\w ]+$/.test(found) && allowed.includes("company")
      ? `; did you mean ${JSON.stringify(`company.${found}`)}?`
      : "";
  };
}

const json = (allowed: readonly string[]) => ({ type: "string", pattern: `^(${allowed.join("|")})\\..+$` });

/** `company.last_login_at`. */
export const CompanyField = scalar("company.<property>", json(["company"]), fieldOf(["company"]), hintFor(["company"]));

/** `invoices.days_late`. */
export const RecordField = scalar(
  `one of ${records.map((name) => `${name}.<field>`).join(", ")}`,
  json(records),
  fieldOf(records),
  hintFor(records),
);

/** A property of the company, or a field of its records. */
export const AnyField = scalar(
  `company.<property> or one of ${records.map((name) => `${name}.<field>`).join(", ")}`,
  json(everywhere),
  fieldOf(everywhere),
  hintFor(everywhere),
);

/** `tickets`. */
export const SourceName = scalar(
  `one of ${records.join(", ")}`,
  { enum: records },
  (text) => sources.find((name) => name === text),
  (found) => sayNearest(found, records),
);

/** `tickets`, or a property of the company. */
export const SourceOrCompanyField = scalar(
  `one of ${records.join(", ")}, or company.<property>`,
  { type: "string", pattern: `^(${records.join("|")}|company\\..+)$` },
  (text): Source | FieldText | undefined => sources.find((name) => name === text) ?? fieldOf(["company"])(text),
  (found) => sayNearest(found, records),
);
