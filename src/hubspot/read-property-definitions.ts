import { z } from "zod";
import type { PropertyDefinition, RecordType } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { pathOf } from "./object-types.ts";

const Definition = z.object({
  name: z.string(),
  type: z.string(),
  fieldType: z.string(),
  groupName: z.string().catch(""),
  calculated: z.boolean().catch(false),
  modificationMetadata: z.object({ readOnlyValue: z.boolean().catch(false) }).catch({ readOnlyValue: false }),
  options: z.array(z.object({ value: z.string() })).catch([]),
});
type Definition = z.infer<typeof Definition>;
const Answer = z.object({ results: z.array(Definition) });

/** HubSpot keeps these itself, but they move only when the record does. */
const KEPT_WITH_THE_RECORD = ["createdate", "hs_createdate", "hs_lastmodifieddate", "lastmodifieddate", "hs_object_id"];

/** Every property of a type, archived ones too; a name that is both (made again) is given once, as it is now. */
export async function readPropertyDefinitions(client: Client, type: RecordType): Promise<PropertyDefinition[]> {
  const path = pathOf(type);
  const read = async (archived: boolean) => {
    const { results } = await client.repeat(`GET /crm/v3/properties/${path}`, Answer, () =>
      client.properties.getAll(path, archived),
    );
    return results.map((definition): [string, PropertyDefinition] => [
      definition.name,
      toDefinition(definition, archived),
    ]);
  };
  return [...new Map([...(await read(true)), ...(await read(false))]).values()];
}

function toDefinition(definition: Definition, archived: boolean): PropertyDefinition {
  const { name, type, fieldType, groupName, options } = definition;
  return {
    name,
    type,
    fieldType,
    groupName,
    archived,
    calculated: isCalculated(definition),
    options: options.map(({ value }) => value),
  };
}

/**
 * HubSpot's own `calculated` is true of formulas only: its roll-ups are recorded with false, some with a field type
 * `calculation_...`, and others (`notes_last_contacted`) are known only by a value that nobody can write.
 */
function isCalculated({ name, fieldType, calculated, modificationMetadata }: Definition): boolean {
  if (calculated || fieldType.startsWith("calculation_")) return true;
  return modificationMetadata.readOnlyValue && !KEPT_WITH_THE_RECORD.includes(name);
}
