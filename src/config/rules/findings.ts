import type { PropertyUse } from "../../scoring/ruleset/property-use.ts";
import type { Signal } from "../../scoring/ruleset/signal.ts";

export type Path = readonly (string | number)[];
type Of = "key" | "value";

/** Something wrong at a path of the file; `of` tells whether the key or the value is meant. */
export type NamedProblem = { path: Path; message: string; of: Of };
/** A property that the file names, its places still as paths. */
export type NamedUse = Pick<PropertyUse, "source" | "property" | "as"> & {
  path: Path;
  of?: Of;
  values?: readonly { text: string; path: Path; of?: Of }[];
  exhaustive?: boolean;
  /** The property is named elsewhere in the file; here it is only used. */
  isEcho?: boolean;
};
export type NamedPerson = { email: string; path: Path };

/** What is found while a ruleset is built, and what its parts must know of each other. */
export type Findings = {
  problems: readonly NamedProblem[];
  uses: readonly NamedUse[];
  people: readonly NamedPerson[];
  /** `hubspot`: properties are called as HubSpot calls them; `any`: as the columns of some table. */
  propertyNames: "hubspot" | "any";
  /** Also those whose rules could not be read: a name that is there is not unknown. */
  known: Known;
  /** The signals that were built; none while they are being built. */
  signals: readonly Signal[];
  /** Whether all that stands at and under a path could be read. */
  isWhole: (path: Path) => boolean;
  /** Nothing is said where a part of what is meant could not be read: it may follow from that. */
  report: (path: Path, message: string, of?: Of) => void;
  use: (use: NamedUse) => void;
  person: (email: string, path: Path) => void;
};
export type Known = {
  /** Of signals, and of the built-ins that there are. */
  signals: readonly string[];
  /** The names of each score's bands. */
  scores: ReadonlyMap<string, readonly string[]>;
};

export function createFindings(given: Pick<Findings, "known" | "isWhole" | "propertyNames">): Findings {
  const problems: NamedProblem[] = [];
  const uses: NamedUse[] = [];
  const people: NamedPerson[] = [];
  return {
    ...given,
    signals: [],
    problems,
    uses,
    people,
    report(path, message, of = "value") {
      if (given.isWhole(path)) problems.push({ path, message, of });
    },
    use: (use) => uses.push(use),
    person: (email, path) => people.push({ email, path }),
  };
}
