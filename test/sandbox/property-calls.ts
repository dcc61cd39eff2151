import type { Client } from "@hubspot/api-client";
import {
  BatchInputPropertyCreate,
  BatchReadInputPropertyName,
  PropertyCreate,
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
  PropertyGroupCreate,
  PropertyName,
  PropertyUpdate,
} from "@hubspot/api-client/lib/codegen/crm/properties/index.js";

import { toModel } from "./to-model.ts";

/** The SDK's calls for company properties in the words of the tests; every new property is a number. */
export function createPropertyCalls({ crm }: Client) {
  const { coreApi, batchApi, groupsApi } = crm.properties;
  const toProperty = (name: string) =>
    toModel(PropertyCreate, {
      name,
      label: "Health score",
      type: PropertyCreateTypeEnum.Number,
      fieldType: PropertyCreateFieldTypeEnum.Number,
      groupName: "customer_health",
    });
  return {
    createGroup: () =>
      groupsApi.create(
        "companies",
        toModel(PropertyGroupCreate, { name: "customer_health", label: "Customer health" }),
      ),
    createProperty: (name: string) => coreApi.create("companies", toProperty(name)),
    createProperties: (names: string[]) =>
      batchApi.create("companies", toModel(BatchInputPropertyCreate, { inputs: names.map(toProperty) })),
    readProperties: (names: string[]) =>
      batchApi.read(
        "companies",
        toModel(BatchReadInputPropertyName, {
          inputs: names.map((name) => toModel(PropertyName, { name })),
          archived: false,
        }),
      ),
    relabelProperty: (name: string, label: string) =>
      coreApi.update("companies", name, toModel(PropertyUpdate, { label })),
    listProperties: () => coreApi.getAll("companies"),
    getProperty: (name: string) => coreApi.getByName("companies", name),
    archiveProperty: (name: string) => coreApi.archive("companies", name),
  };
}
