import type { Client } from "@hubspot/api-client";
import {
  AssociationSpec,
  AssociationSpecAssociationCategoryEnum,
  BatchInputPublicAssociationMultiArchive,
  BatchInputPublicAssociationMultiPost,
  BatchInputPublicDefaultAssociationMultiPost,
  BatchInputPublicFetchAssociationsBatchRequest,
  PublicAssociationMultiArchive,
  PublicAssociationMultiPost,
  PublicDefaultAssociationMultiPost,
  PublicFetchAssociationsBatchRequest,
  PublicObjectId,
} from "@hubspot/api-client/lib/codegen/crm/associations/v4/index.js";

import { toModel } from "./to-model.ts";

type Ends = [from: string, fromId: string, to: string, toId: string];

/** The SDK's association calls in the words of the tests. */
export function createLinkCalls({ crm }: Client) {
  const { basicApi: basic, batchApi: batch } = crm.associations.v4;
  return {
    link: ([from, fromId, to, toId]: Ends, typeId: number) => basic.create(from, fromId, to, toId, [toSpec(typeId)]),
    linkByDefault: ([from, fromId, to, toId]: Ends) => basic.createDefault(from, fromId, to, toId),
    unlink: ([from, fromId, to, toId]: Ends) => basic.archive(from, fromId, to, toId),
    links: (from: string, fromId: string, to: string) => basic.getPage(from, fromId, to),
    batchLink: (from: string, to: string, rows: [fromId: string, toId: string][], typeId: number) =>
      batch.create(
        from,
        to,
        toModel(BatchInputPublicAssociationMultiPost, {
          inputs: rows.map(([fromId, toId]) =>
            toModel(PublicAssociationMultiPost, { _from: toRef(fromId), to: toRef(toId), types: [toSpec(typeId)] }),
          ),
        }),
      ),
    batchLinkByDefault: (from: string, to: string, rows: [fromId: string, toId: string][]) =>
      batch.createDefault(
        from,
        to,
        toModel(BatchInputPublicDefaultAssociationMultiPost, {
          inputs: rows.map(([fromId, toId]) =>
            toModel(PublicDefaultAssociationMultiPost, { _from: toRef(fromId), to: toRef(toId) }),
          ),
        }),
      ),
    batchLinks: (from: string, to: string, rows: { id: string; after?: string | undefined }[]) =>
      batch.getPage(
        from,
        to,
        toModel(BatchInputPublicFetchAssociationsBatchRequest, {
          inputs: rows.map(({ id, after }) =>
            toModel(PublicFetchAssociationsBatchRequest, after === undefined ? { id } : { id, after }),
          ),
        }),
      ),
    batchUnlink: (from: string, to: string, rows: [fromId: string, toIds: string[]][]) =>
      batch.archive(
        from,
        to,
        toModel(BatchInputPublicAssociationMultiArchive, {
          inputs: rows.map(([fromId, toIds]) =>
            toModel(PublicAssociationMultiArchive, { _from: toRef(fromId), to: toIds.map(toRef) }),
          ),
        }),
      ),
  };
}

function toRef(id: string): PublicObjectId {
  return toModel(PublicObjectId, { id });
}

function toSpec(associationTypeId: number): AssociationSpec {
  const associationCategory = AssociationSpecAssociationCategoryEnum.HubspotDefined;
  return toModel(AssociationSpec, { associationCategory, associationTypeId });
}
