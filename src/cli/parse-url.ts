import { InvalidArgumentError } from "commander";

/** A parser for an option that takes the URL of a web page; commander names the option in its message. */
export function parseUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError("Allowed is a URL such as http://127.0.0.1:3000/webhooks/hubspot.");
}
