import type { Client } from "@hubspot/api-client";
import { PublicMergeInput as MergeCompanies } from "@hubspot/api-client/lib/codegen/crm/companies/index.js";
import {
  PublicGdprDeleteInput,
  PublicMergeInput as MergeContacts,
} from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { PublicMergeInput as MergeDeals } from "@hubspot/api-client/lib/codegen/crm/deals/index.js";
import {
  BatchInputSimplePublicObjectBatchInput,
  BatchInputSimplePublicObjectBatchInputForCreate,
  BatchInputSimplePublicObjectId,
  BatchReadInputSimplePublicObjectId,
  Filter,
  FilterGroup,
  FilterOperatorEnum,
  PublicAssociationsForObject,
  AssociationSpec,
  AssociationSpecAssociationCategoryEnum,
  PublicObjectId,
  PublicObjectSearchRequest,
  SimplePublicObjectBatchInput,
  SimplePublicObjectBatchInputForCreate,
  SimplePublicObjectId,
  SimplePublicObjectInput,
  SimplePublicObjectInputForCreate,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";

import { PublicMergeInput as MergeTickets } from "@hubspot/api-client/lib/codegen/crm/tickets/index.js";

import { toModel } from "./to-model.ts";

export type Values = Record<string, string>;
/** Ids of records to link a new one to, each with its association type. */
export type NewLinks = [toId: string, typeId: number][];
export type FilterInput = {
  propertyName: string;
  operator: string;
  value?: string;
  highValue?: string;
  values?: string[];
};
type Pair = { primaryObjectId: string; objectIdToMerge: string };
type ReadOptions = { properties?: string[]; history?: string[]; associations?: string[]; archived?: boolean };

/** The SDK's object calls in the words of the tests. */
export function createObjectCalls({ crm }: Client) {
  const { basicApi: basic, batchApi: batch, searchApi } = crm.objects;
  const merges = {
    companies: (pair: Pair) => crm.companies.basicApi.merge(toModel(MergeCompanies, pair)),
    contacts: (pair: Pair) => crm.contacts.basicApi.merge(toModel(MergeContacts, pair)),
    deals: (pair: Pair) => crm.deals.basicApi.merge(toModel(MergeDeals, pair)),
    tickets: (pair: Pair) => crm.tickets.basicApi.merge(toModel(MergeTickets, pair)),
  };
  return {
    create: (type: string, properties: Values = {}, links: NewLinks = []) =>
      basic.create(type, toModel(SimplePublicObjectInputForCreate, { properties, associations: links.map(toNewLink) })),
    get: (type: string, id: string, { properties, history, associations, archived }: ReadOptions = {}) =>
      basic.getById(type, id, properties, history, associations, archived),
    list: (type: string, options: ReadOptions & { limit?: number; after?: string | undefined } = {}) =>
      basic.getPage(
        type,
        options.limit,
        options.after,
        options.properties,
        options.history,
        options.associations,
        options.archived,
      ),
    update: (type: string, id: string, properties: Values) =>
      basic.update(type, id, toModel(SimplePublicObjectInput, { properties })),
    archive: (type: string, id: string) => basic.archive(type, id),
    merge: (type: keyof typeof merges, primaryObjectId: string, objectIdToMerge: string) =>
      merges[type]({ primaryObjectId, objectIdToMerge }),
    gdprDelete: (objectId: string, idProperty?: string) =>
      crm.contacts.basicApi.purge(
        toModel(PublicGdprDeleteInput, idProperty === undefined ? { objectId } : { objectId, idProperty }),
      ),
    batchCreate: (type: string, rows: { properties: Values; links?: NewLinks; traceId?: string }[]) =>
      batch.create(
        type,
        toModel(BatchInputSimplePublicObjectBatchInputForCreate, {
          inputs: rows.map(({ properties, links = [], traceId }) =>
            toModel(SimplePublicObjectBatchInputForCreate, {
              properties,
              associations: links.map(toNewLink),
              ...(traceId === undefined ? {} : { objectWriteTraceId: traceId }),
            }),
          ),
        }),
      ),
    batchRead: (type: string, ids: string[], properties: string[] = [], history: string[] = []) =>
      batch.read(
        type,
        toModel(BatchReadInputSimplePublicObjectId, {
          inputs: ids.map((id) => toModel(SimplePublicObjectId, { id })),
          properties,
          propertiesWithHistory: history,
        }),
      ),
    batchUpdate: (type: string, rows: { id: string; properties: Values; idProperty?: string }[]) =>
      batch.update(
        type,
        toModel(BatchInputSimplePublicObjectBatchInput, {
          inputs: rows.map((row) => toModel(SimplePublicObjectBatchInput, row)),
        }),
      ),
    batchArchive: (type: string, ids: string[]) =>
      batch.archive(
        type,
        toModel(BatchInputSimplePublicObjectId, { inputs: ids.map((id) => toModel(SimplePublicObjectId, { id })) }),
      ),
    search: (
      type: string,
      groups: FilterInput[][],
      options: { limit?: number; after?: string; sorts?: string[]; properties?: string[] } = {},
    ) =>
      searchApi.doSearch(
        type,
        toModel(PublicObjectSearchRequest, {
          ...options,
          filterGroups: groups.map((filters) => toModel(FilterGroup, { filters: filters.map(toFilter) })),
        }),
      ),
  };
}

function toNewLink([id, associationTypeId]: NewLinks[number]) {
  const associationCategory = AssociationSpecAssociationCategoryEnum.HubspotDefined;
  return toModel(PublicAssociationsForObject, {
    to: toModel(PublicObjectId, { id }),
    types: [toModel(AssociationSpec, { associationCategory, associationTypeId })],
  });
}

function toFilter({ operator: name, ...filter }: FilterInput): Filter {
  const operator = Object.values(FilterOperatorEnum).find((known) => known.valueOf() === name);
  if (operator === undefined) throw new RangeError(`the SDK knows no operator ${name}`);
  return toModel(Filter, { ...filter, operator });
}
