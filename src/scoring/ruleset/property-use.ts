import type { Source } from "../facts.ts";

/** Where something stands in a file; lines and columns count from 1. */
export type UsePlace = { line: number; column: number };

/** A place at which a rule file names a HubSpot property, and what it takes the property for. */
export type PropertyUse = {
  source: "company" | Source;
  property: string;
  as: "any" | "number" | "date" | "truth" | "choice";
  /** The values that it is compared with. */
  values: readonly { text: string; place: UsePlace }[];
  /** Every option that the property has must be among the values. */
  exhaustive: boolean;
  /** The property is named elsewhere in the file; here a signal of it is used. */
  isEcho?: boolean;
  place: UsePlace;
};

/** A place at which a rule file names a user of the portal. */
export type PersonUse = { email: string; place: UsePlace };
