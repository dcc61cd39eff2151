const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const CHARACTERS: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
};

/** Plain lines as the HTML that HubSpot keeps in `hs_task_body`. */
export function toTaskBody(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? character).replaceAll(/\r\n|\r|\n/g, "<br>");
}

/**
 * The plain lines of `hs_task_body`: what `toTaskBody` wrote comes back the same. What HubSpot's editor wrote comes
 * back readable: an end of a block is an end of a line, and other tags are left out.
 */
export function fromTaskBody(html: string): string {
  return html
    .replaceAll(/<br\s*\/?>|<\/(?:p|div|li)>(?=.)/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => CHARACTERS[entity] ?? entity);
}
