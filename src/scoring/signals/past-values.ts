import { propertiesOfField } from "../fields/derived-fields.ts";
import type { Facts, PastValue } from "../facts.ts";
import type { Moment } from "../time/moment.ts";

/** The company property whose history a field is looked back on in; null where the field is of more than one. */
export function historyPropertyOf(field: string): string | null {
  const [property, ...others] = propertiesOfField("company", field);
  return property !== undefined && others.length === 0 ? property : null;
}

export type PastReader = (facts: Facts, moment: Moment) => readonly PastValue[];

/** What a field of the company was, oldest first, up to the moment; nothing where nothing is known of it. */
export function compilePastValues(field: string): PastReader {
  const property = historyPropertyOf(field);
  return ({ history }, { instantMs }) => {
    const past = property !== null && Object.hasOwn(history, property) ? history[property] : undefined;
    return past?.filter(({ at }) => at <= instantMs) ?? [];
  };
}
