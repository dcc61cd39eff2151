const KEY_LINE = /(?:^|\n)ref: (\S+)\s*$/;

/** In a portal without the property, the key is the last line of the body. */
export function addKeyLine(body: string, key: string): string {
  return `${body}\nref: ${key}`;
}

export function takeKeyLine(text: string): { body: string; key: string | null } {
  const match = KEY_LINE.exec(text);
  return match?.[1] === undefined ? { body: text, key: null } : { body: text.slice(0, match.index), key: match[1] };
}
