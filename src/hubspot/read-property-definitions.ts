import { z } from "zod";
import type { PropertyDefinition, RecordType } from "../pipeline/hubspot-port.ts";
import { propertiesPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { pathOf } from "./object-types.ts";

const Definition = z.object({
  name: z.string(),
  type: z.string(),
  fieldType: z.string(),
  calculated: z.boolean().catch(false),
  options: z.array(z.object({ value: z.string() })).catch([]),
});
const Answer = z.object({ results: z.array(Definition) });

/** Every property of a type, archived ones too; a name that is both (made again) is given once, as it is now. */
export async function readPropertyDefinitions(client: Client, type: RecordType): Promise<PropertyDefinition[]> {
  const path = pathOf(type);
  const read = async (archived: boolean) => {
    const { results } = await client.repeat(`GET ${propertiesPath(path)}`, Answer, () =>
      client.properties.getAll(path, archived),
    );
    return results.map(({ options, ...definition }): [string, PropertyDefinition] => [
      definition.name,
      { ...definition, archived, options: options.map(({ value }) => value) },
    ]);
  };
  return [...new Map([...(await read(true)), ...(await read(false))]).values()];
}
