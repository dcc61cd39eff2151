export type YamlBlock = { belongsTo: string; text: string; line: number };

/** The fenced yaml blocks of a Markdown text, each with the word behind `yaml` and the line of its first line. */
export function yamlBlocks(markdown: string): YamlBlock[] {
  const fences = /^```yaml(?: +(?<belongsTo>\S+))? *\n(?<text>[^]*?)^```$/gm;
  return [...markdown.matchAll(fences)].map((match) => ({
    belongsTo: match.groups?.belongsTo ?? "",
    text: match.groups?.text ?? "",
    line: markdown.slice(0, match.index).split("\n").length + 1,
  }));
}
