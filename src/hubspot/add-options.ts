import { OptionInput, PropertyUpdate } from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import { z } from "zod";
import type { PropertyOption, RecordType } from "../pipeline/hubspot-port.ts";
import { propertiesPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { pathOf } from "./object-types.ts";
import { toModel } from "./to-model.ts";

const Standing = z.object({
  options: z.array(
    z.object({
      value: z.string(),
      label: z.string(),
      displayOrder: z.number().nullish(),
      hidden: z.boolean().nullish(),
      description: z.string().nullish(),
    }),
  ),
});

/** HubSpot shows the options of this order after all others. */
const LAST = -1;

/**
 * Adds options to a property. HubSpot takes the whole list or none, and forgets what is not in it, so that the list is
 * read right before; https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide
 */
export async function addOptions(
  client: Client,
  type: RecordType,
  name: string,
  options: readonly PropertyOption[],
): Promise<void> {
  const path = pathOf(type);
  const call = propertiesPath(path, name);
  const standing = await client.repeat(`GET ${call}`, Standing, () => client.properties.getByName(path, name));
  const values = new Set(standing.options.map(({ value }) => value));
  const labels = new Set(standing.options.map(({ label }) => label.toLowerCase()));
  const added = options
    .filter(({ value }) => !values.has(value))
    .map(({ value, label }) =>
      labels.has(label.toLowerCase()) ? { value, label: `${label} (${value})` } : { value, label },
    );
  if (added.length === 0) return;
  const kept = standing.options.map(({ value, label, displayOrder, hidden, description }) =>
    toModel(OptionInput, {
      value,
      label,
      displayOrder: displayOrder ?? LAST,
      hidden: hidden ?? false,
      ...(description ? { description } : {}),
    }),
  );
  const fresh = added.map((option) => toModel(OptionInput, { ...option, displayOrder: LAST, hidden: false }));
  const update = toModel(PropertyUpdate, { options: [...kept, ...fresh] });
  await client.repeat(`PATCH ${call}`, z.unknown(), () => client.properties.update(path, name, update));
}
