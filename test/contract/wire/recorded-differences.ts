/** Where the SDK's declaration of a model is wrong: what is on the wire, in the SDK's own notation, and how we know. */
type Difference = { models: string[]; declares: string; because: string };

const differences: Difference[] = [
  {
    models: ["SimplePublicObject", "SimplePublicObjectWithAssociations"],
    declares: "'url'?: string",
    because: "recorded with every record of batches and searches",
  },
  {
    models: ["MultiAssociatedObjectWithLabel"],
    declares: "'toObjectId': number",
    because: "recorded as a number in a batch read of links",
  },
  {
    models: ["LabelsBetweenObjectPair"],
    declares: "'fromObjectId': number; 'toObjectId': number",
    because: "recorded as numbers in a batch creation of links",
  },
  {
    models: ["AssociationSpecWithLabel"],
    declares: "'label'?: string | null",
    because: "recorded as null for the link without a label",
  },
  {
    models: ["Property"],
    declares: "'dataSensitivity'?: string",
    because: "recorded with every definition",
  },
  {
    models: ["StandardError"],
    declares:
      "'context'?: { [key: string]: Array<string> }; 'links'?: { [key: string]: string }; 'errors'?: Array<ErrorDetail>",
    because: "recorded rows of errors have neither links nor errors, and one of them has no context",
  },
  {
    models: ["ModelError"],
    declares: "'status': string; 'category'?: string",
    because: "recorded refusals all have a status, and not all have a category",
  },
  {
    models: ["ModelError"],
    declares: "'errorType'?: string; 'policyName'?: string; 'requestId'?: string; 'groupName'?: string",
    because: "recorded with the answers 429",
  },
];

/** What is to be declared of a model instead, or beside what the SDK declares. */
export function readDifferences(model: string): string[] {
  return differences.filter(({ models }) => models.includes(model)).map(({ declares }) => declares);
}
