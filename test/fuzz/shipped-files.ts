import { globSync, readFileSync } from "node:fs";

const config = new URL("../../config/", import.meta.url);

/** The rule files that are shipped, in order of their names. */
export function shippedFiles(): string[] {
  return globSync("{*,examples/*}.yaml", { cwd: config })
    .filter((name) => !name.endsWith(".cases.yaml"))
    .toSorted()
    .map((name) => readFileSync(new URL(name.replaceAll("\\", "/"), config), "utf8"));
}
