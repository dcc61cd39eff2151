import { companyProperties } from "./definitions/company-properties.ts";
import { contactProperties } from "./definitions/contact-properties.ts";
import { dealProperties } from "./definitions/deal-properties.ts";
import { feedbackProperties } from "./definitions/feedback-properties.ts";
import { invoiceProperties } from "./definitions/invoice-properties.ts";
import { subscriptionProperties } from "./definitions/subscription-properties.ts";
import { systemProperties } from "./definitions/system-properties.ts";
import { taskProperties } from "./definitions/task-properties.ts";
import { ticketProperties } from "./definitions/ticket-properties.ts";
import { allObjectTypes, type ObjectType, objectTypes } from "./object-types.ts";
import { listOptions, type PropertyDefinition, type PropertyGroup } from "./property-definition.ts";
import { pipelinesOf } from "./pipelines.ts";

/** The property definitions and groups of each type of object, archived ones included. */
export type PropertyCatalogue = {
  /** The live definition of that name. */
  find(type: ObjectType, name: string): PropertyDefinition | undefined;
  findAnywhere(type: ObjectType, name: string): PropertyDefinition | undefined;
  list(type: ObjectType): PropertyDefinition[];
  put(type: ObjectType, definition: PropertyDefinition): void;
  groups(type: ObjectType): PropertyGroup[];
  putGroup(type: ObjectType, group: PropertyGroup): void;
};

type Page = { definitions: Map<string, PropertyDefinition>; groups: Map<string, PropertyGroup> };

const definitionsByType = new Map<string, PropertyDefinition[]>([
  [objectTypes.company.id, companyProperties],
  [objectTypes.contact.id, contactProperties],
  [objectTypes.ticket.id, ticketProperties],
  [objectTypes.invoice.id, invoiceProperties],
  [objectTypes.deal.id, dealProperties],
  [objectTypes.task.id, taskProperties],
  [objectTypes.feedback.id, feedbackProperties],
  [objectTypes.subscription.id, subscriptionProperties],
]);

export function createPropertyCatalogue(): PropertyCatalogue {
  const pages = new Map(allObjectTypes.map((type) => [type.id, openPage(type)]));
  const pageOf = (type: ObjectType): Page => {
    const page = pages.get(type.id);
    if (!page) throw new TypeError(`no properties for object type ${type.id}`);
    return page;
  };
  const findAnywhere = (type: ObjectType, name: string) => pageOf(type).definitions.get(name);
  return {
    findAnywhere,
    find: (type, name) => {
      const definition = findAnywhere(type, name);
      return definition?.archived ? undefined : definition;
    },
    list: (type) => [...pageOf(type).definitions.values()],
    put: (type, definition) => void pageOf(type).definitions.set(definition.name, definition),
    groups: (type) => [...pageOf(type).groups.values()],
    putGroup: (type, group) => void pageOf(type).groups.set(group.name, group),
  };
}

function openPage(type: ObjectType): Page {
  const standardGroup = `${type.singular.replace("_", "")}information`;
  const definitions = [...systemProperties(type), ...(definitionsByType.get(type.id) ?? [])].map((definition) => ({
    ...definition,
    groupName: definition.groupName || standardGroup,
    options: optionsFromPipelines(type, definition.name) ?? definition.options,
  }));
  const groupNames = [...new Set(definitions.map((definition) => definition.groupName))];
  return {
    definitions: new Map(definitions.map((definition) => [definition.name, definition])),
    groups: new Map(
      groupNames.map((name, displayOrder) => [name, { name, label: name, displayOrder, archived: false }]),
    ),
  };
}

function optionsFromPipelines(type: ObjectType, name: string) {
  const pipelines = pipelinesOf(type);
  if (!pipelines) return undefined;
  if (name === "hs_pipeline" || name === "pipeline") return listOptions(pipelines.map((pipeline) => pipeline.id));
  if (name === "hs_pipeline_stage" || name === "dealstage")
    return listOptions(pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => stage.id)));
  return undefined;
}
