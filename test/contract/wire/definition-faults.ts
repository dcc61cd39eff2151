import { z } from "zod";
import type { CheckedRequest } from "./exchange-check.ts";
import type { PortalFacts } from "./portal-facts.ts";

const Option = z.object({ label: z.string(), value: z.string() });
const Definition = z.object({
  name: z.string().optional(),
  type: z.string().optional(),
  fieldType: z.string().optional(),
  groupName: z.string().optional(),
  options: z.array(Option).default([]),
});
const Body = z.union([z.object({ inputs: z.array(Definition) }), Definition.transform((one) => ({ inputs: [one] }))]);

/** https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide#property-type-and-fieldtype-values */
const FIELD_TYPES: Record<string, string[]> = {
  bool: ["booleancheckbox", "calculation_equation"],
  date: ["date"],
  datetime: ["date"],
  enumeration: ["booleancheckbox", "checkbox", "radio", "select", "calculation_equation"],
  number: ["number", "calculation_equation"],
  string: ["file", "text", "textarea", "html", "phonenumber", "calculation_equation"],
};
const NAME = /^[a-z][a-z0-9_]{0,99}$/;

/** Definitions of properties and groups that HubSpot refuses. */
export function findDefinitionFaults({ operation, params, body }: CheckedRequest, portal: PortalFacts): string[] {
  const { objectType } = params;
  const isWrite = operation.method === "POST" || operation.method === "PATCH";
  if (!isWrite || operation.part !== "properties" || objectType === undefined) return [];

  const typeId = portal.findTypeId(objectType);
  return Body.parse(body).inputs.flatMap(({ name, type, fieldType, groupName, options }) => {
    const labels = options.map(({ label }) => label.toLowerCase());
    const values = options.map(({ value }) => value);
    const rules: [boolean, string][] = [
      [name === undefined || NAME.test(name), `the name ${name}`],
      [!type || !fieldType || FIELD_TYPES[type]?.includes(fieldType) === true, `the type ${type} with ${fieldType}`],
      [!groupName || (!!typeId && portal.hasGroup(typeId, groupName)), `the unknown group ${groupName}`],
      [new Set(labels).size === labels.length, `a label twice: ${labels.join(", ")}`],
      [new Set(values).size === values.length, `a value twice: ${values.join(", ")}`],
    ];
    return rules.filter(([isKept]) => !isKept).map(([, fault]) => `defines ${fault}`);
  });
}
