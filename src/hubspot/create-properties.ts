import {
  BatchInputPropertyCreate,
  OptionInput,
  PropertyCreate,
  PropertyGroupCreate,
  PropertyCreateFieldTypeEnum as FieldType,
  PropertyCreateTypeEnum as ValueType,
} from "@hubspot/api-client/lib/codegen/crm/properties/index.js";
import { z } from "zod";
import { HubSpotRefused } from "../pipeline/hubspot-errors.ts";
import type { NewProperty, PropertyGroup, RecordType } from "../pipeline/hubspot-port.ts";
import { propertiesPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { mapChunks } from "./map-chunks.ts";
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

const BATCH_SIZE = 100;
const Made = z.object({ results: z.array(z.object({ name: z.string() })) });

/**
 * Makes properties, 100 a call. Those that HubSpot did not make so are made one by one: a name that exists (409) or one
 * bad definition then stands in nobody's way, and an archived one comes back.
 */
export async function createProperties(
  client: Client,
  type: RecordType,
  definitions: readonly NewProperty[],
): Promise<void> {
  const path = pathOf(type);
  const call = propertiesPath(path);
  await mapChunks(definitions.map(toProperty), BATCH_SIZE, async (chunk) => {
    const made = await createBatch(client, path, chunk);
    for (const property of chunk.filter(({ name }) => !made.has(name))) {
      await unlessItExists(() =>
        client.repeat(`POST ${call}`, z.unknown(), () => client.properties.create(path, property)),
      );
    }
  });
}

/** The names that were made; none where HubSpot refuses the batch. */
async function createBatch(client: Client, path: string, properties: PropertyCreate[]): Promise<Set<string>> {
  const batch = toModel(BatchInputPropertyCreate, { inputs: properties });
  try {
    const { results } = await client.repeat(`POST ${propertiesPath(path, "batch/create")}`, Made, () =>
      client.propertyBatches.create(path, batch),
    );
    return new Set(results.map(({ name }) => name));
  } catch (error) {
    if (error instanceof HubSpotRefused && (error.status === 400 || error.status === 409)) return new Set();
    throw error;
  }
}

/** Makes the group where HubSpot does not know its name. */
export async function ensurePropertyGroup(client: Client, type: RecordType, group: PropertyGroup): Promise<void> {
  const path = pathOf(type);
  const call = propertiesPath(path, "groups");
  const Groups = z.object({ results: z.array(z.object({ name: z.string() })) });
  const { results } = await client.repeat(`GET ${call}`, Groups, () => client.groups.getAll(path));
  if (results.some(({ name }) => name === group.name)) return;
  await unlessItExists(() =>
    client.repeat(`POST ${call}`, z.unknown(), () => client.groups.create(path, toModel(PropertyGroupCreate, group))),
  );
}

function toProperty({ type, fieldType, options, ...named }: NewProperty): PropertyCreate {
  return toModel(PropertyCreate, {
    ...named,
    type: valueTypes[type],
    fieldType: fieldTypes[fieldType],
    formField: false,
    ...(options === undefined ? {} : { options: options.map(toOption) }),
  });
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
