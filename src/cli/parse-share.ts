import { InvalidArgumentError } from "commander";

/** A parser for an option that takes a share from 0 to 1; commander names the option in its message. */
export function parseShare(text: string): number {
  const share = Number(text);
  if (/^\d*\.?\d+$/.test(text) && share <= 1) return share;
  throw new InvalidArgumentError("Allowed is a share from 0 to 1, such as 0.1 for one in ten.");
}
