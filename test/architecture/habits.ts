import { basename, dirname } from "node:path/posix";
import ts from "typescript";
import type { Source } from "./read-source.ts";

const MOST_LINES = 220;
const DRAWERS = /^(utils?|helpers?|common|shared|misc|lib|types|services)$/;
/** What makes the same call give another answer the next time. Luxon's, too: they read the clock when given nothing. */
const IMPURE_CALL =
  /^(Date\.now|Math\.random|performance\.now|DateTime\.(now|local|utc)|Date|fetch|setTimeout|setInterval|queueMicrotask)$/;

/** A sentence for each thing about `source` that is not done in this house. */
export function findHabitsBroken(source: Source): string[] {
  const { path, nodes, lineCount, room } = source;
  const found: string[] = [];
  const say = (what: string) => found.push(`${path} ${what}`);

  if (lineCount > MOST_LINES)
    say(`has ${lineCount} lines, at most ${MOST_LINES} are read without getting lost: split it`);
  if (basename(path) === "index.ts") say("is a barrel: import from the file that says what it does");
  for (const name of [...dirname(path).split("/"), basename(path, ".ts")]) {
    if (DRAWERS.test(name)) say(`uses the name ${name}: a name says what is inside, a drawer says nothing`);
  }
  if (nodes.some(isDefaultExport)) say("has a default export: a name that each importer chooses is no name");
  if (room !== "config" && nodes.some(isProcessEnv)) say("reads process.env: only config does, so that all is checked");
  if (nodes.some(isUntoldImport)) say("imports what is not written out: nobody can tell which way that arrow runs");
  if (room === "scoring") {
    for (const impurity of nodes.flatMap(findImpurity))
      say(`has ${impurity}: the core takes time and data as arguments`);
  }
  return found;
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === "default";
  return ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.DefaultKeyword);
}

function isProcessEnv(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === "env" && node.expression.getText() === "process";
  if (ts.isElementAccessExpression(node)) return node.expression.getText() === "process";
  // import { env } from "node:process", const { env } = process
  if (ts.isImportDeclaration(node))
    return /^(node:)?process$/.test(ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "");
  return ts.isVariableDeclaration(node) && node.initializer?.getText() === "process";
}

function isUntoldImport(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return false;
  const [what] = node.arguments;
  return what === undefined || !ts.isStringLiteralLike(what);
}

function findImpurity(node: ts.Node): string[] {
  if (ts.isAwaitExpression(node) || (ts.canHaveModifiers(node) && hasModifier(node, ts.SyntaxKind.AsyncKeyword))) {
    return ["something async"];
  }
  if (ts.isIdentifier(node) && (node.text === "process" || node.text === "console")) return [node.text];
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const called = node.expression.getText();
  const isGiven = (node.arguments?.length ?? 0) > 0;
  // With arguments these only reckon.
  if (isGiven && /^(Date|DateTime\.(local|utc))$/.test(called)) return [];
  return IMPURE_CALL.test(called) ? [`${called}()`] : [];
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) === true;
}
