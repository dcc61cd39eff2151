import { z } from "zod";

import { ApiError } from "./api-error.ts";
import { type Answer, answerBatch, type Call, parseBody, typeParam } from "./call.ts";
import { addProperty, NewProperty, showProperty } from "./properties.ts";

const Create = z.object({ inputs: z.array(NewProperty) });
const Names = z.object({ inputs: z.array(z.object({ name: z.string() })), archived: z.boolean().nullish() });

/** Names that are taken are rows of errors; the others are made. */
export function createProperties(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const errors: unknown[] = [];
  const results = parseBody(Create, call.body).inputs.flatMap((draft) => {
    try {
      return [showProperty(addProperty(call, type, draft))];
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
      errors.push(error.body);
      return [];
    }
  });
  return answerBatch(call, 201, results, errors);
}

export function readProperties(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const { inputs, archived } = parseBody(Names, call.body);
  const definitions = inputs.map(({ name }) => call.portal.properties.findAnywhere(type, name));
  const found = definitions.filter((definition) => definition !== undefined);
  const shown = found.filter((definition) => definition.archived === (archived ?? false));
  const present = new Set(shown.map((definition) => definition.name));
  const errors = inputs
    .filter(({ name }) => !present.has(name))
    .map(({ name }) => ({
      status: "error",
      category: "OBJECT_NOT_FOUND",
      message: `Property ${name} does not exist`,
      context: { name: [name] },
    }));
  return answerBatch(call, 200, shown.map(showProperty), errors);
}
