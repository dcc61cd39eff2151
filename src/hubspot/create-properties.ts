import {
  OptionInput,
  PropertyCreate,
  PropertyGroupCreate,
  PropertyCreateFieldTypeEnum as FieldType,
  PropertyCreateTypeEnum as ValueType,
} from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import { z } from "zod";
import { HubSpotRefused } from "../pipeline/hubspot-errors.ts";
import type { NewProperty, PropertyGroup, RecordType } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { pathOf } from "./object-types.ts";
import { toModel } from "./to-model.ts";

const valueTypes: Record<NewProperty["type"], ValueType> = {
  string: ValueType.String,
  number: ValueType.Number,
  datetime: ValueType.Datetime,
  enumeration: ValueType.Enumeration,
};
const fieldTypes: Record<NewProperty["fieldType"], FieldType> = {
  text: FieldType.Text,
  textarea: FieldType.Textarea,
  number: FieldType.Number,
  date: FieldType.Date,
  select: FieldType.Select,
};

/** Makes properties one by one, so that one which exists (409) does not stand in the way of the others. */
export async function createProperties(
  client: Client,
  type: RecordType,
  definitions: readonly NewProperty[],
): Promise<void> {
  const path = pathOf(type);
  for (const { type: valueType, fieldType, options, ...named } of definitions) {
    const property = toModel(PropertyCreate, {
      ...named,
      type: valueTypes[valueType],
      fieldType: fieldTypes[fieldType],
      formField: false,
      ...(options === undefined ? {} : { options: options.map(toOption) }),
    });
    await unlessItExists(() =>
      client.repeat(`POST /crm/v3/properties/${path}`, z.unknown(), () => client.properties.create(path, property)),
    );
  }
}

/** Makes the group where HubSpot does not know its name. */
export async function ensurePropertyGroup(client: Client, type: RecordType, group: PropertyGroup): Promise<void> {
  const path = pathOf(type);
  const call = `/crm/v3/properties/${path}/groups`;
  const Groups = z.object({ results: z.array(z.object({ name: z.string() })) });
  const { results } = await client.repeat(`GET ${call}`, Groups, () => client.groups.getAll(path));
  if (results.some(({ name }) => name === group.name)) return;
  await unlessItExists(() =>
    client.repeat(`POST ${call}`, z.unknown(), () => client.groups.create(path, toModel(PropertyGroupCreate, group))),
  );
}

function toOption({ value, label }: { value: string; label: string }, displayOrder: number): OptionInput {
  return toModel(OptionInput, { value, label, displayOrder, hidden: false });
}

async function unlessItExists(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof HubSpotRefused) || error.status !== 409) throw error;
  }
}
