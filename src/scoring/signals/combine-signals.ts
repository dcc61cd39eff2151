import { numberOf } from "../fields/field-reader.ts";
import { observeNumber, unknown } from "./observe.ts";
import type { SignalReader } from "./signal-reader.ts";
import type { SignalSource } from "../ruleset/signal.ts";
import type { Observation, Snapshot } from "./snapshot.ts";

/** The first number by the second. */
export function readRatio({ of, as }: Extract<SignalSource, { kind: "ratio" }>): SignalReader {
  return combine(of, ([above = 0, below = 0]) => {
    if (below === 0) return unknown("from_zero");
    return observeNumber(as === "percent" ? (100 * above) / below : above / below);
  });
}

export function readProduct({ of }: Extract<SignalSource, { kind: "product" }>): SignalReader {
  return combine(of, (numbers) => observeNumber(numbers.reduce((product, number) => product * number, 1)));
}

/** What is made of other signals is unknown for the reason for which the first of them is. */
function combine(of: readonly (string | number)[], fold: (numbers: readonly number[]) => Observation): SignalReader {
  return (_facts, _moment, observed) => {
    const parts = of.map((part) => partOf(part, observed));
    const missing = parts.find(({ known }) => !known);
    if (missing && !missing.known) return unknown(missing.why);
    const numbers = parts.flatMap((part) => (part.known ? (numberOf(part.value) ?? []) : []));
    return numbers.length === parts.length ? fold(numbers) : unknown("not_a_number");
  };
}

function partOf(part: string | number, observed: Snapshot): Observation {
  return typeof part === "number" ? observeNumber(part) : (observed.get(part) ?? unknown("none"));
}
