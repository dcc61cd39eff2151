import { findAssociationType } from "../../../src/sandbox/portal/association-types.ts";
import { findObjectType } from "../../../src/sandbox/portal/object-types.ts";
import type { Portal } from "../../../src/sandbox/portal/portal.ts";

/** What requests must agree with beside their form. Types go by HubSpot's id of them (`0-2`). */
export type PortalFacts = {
  /** The id of a type by any of its names; undefined where there is no such type. */
  findTypeId(name: string): string | undefined;
  /** Archived ones too: a request is judged later than it was made. */
  findProperty(typeId: string, name: string): PropertyFact | undefined;
  hasGroup(typeId: string, name: string): boolean;
  findLinkType(id: number): { from: string; to: string } | undefined;
};

/** `options` null where any text is taken (ids of owners). */
export type PropertyFact = { type: string; options: string[] | null; isReadOnly: boolean; isOwner: boolean };

export function readPortalFacts({ properties }: Pick<Portal, "properties">): PortalFacts {
  return {
    findTypeId: (name) => findObjectType(name)?.id,
    findProperty(typeId, name) {
      const type = findObjectType(typeId);
      const definition = type && properties.findAnywhere(type, name);
      if (!definition) return undefined;
      const { externalOptions, modificationMetadata, options } = definition;
      const isChoice = definition.type === "enumeration" && !externalOptions;
      return {
        type: definition.type,
        options: isChoice ? options.map(({ value }) => value) : null,
        isReadOnly: modificationMetadata.readOnlyValue,
        isOwner: definition.referencedObjectType === "OWNER",
      };
    },
    hasGroup(typeId, name) {
      const type = findObjectType(typeId);
      return type !== undefined && properties.groups(type).some((group) => group.name === name);
    },
    findLinkType(id) {
      const type = findAssociationType(id);
      return type && { from: type.from.id, to: type.to.id };
    },
  };
}
