import { InvalidArgumentError } from "commander";

/** A parser for an option that takes a whole number from 0 to `most`; commander names the option in its message. */
export function parseWholeNumber(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number <= most) return number;
    throw new InvalidArgumentError(`Allowed is a whole number from 0 to ${most}.`);
  };
}
