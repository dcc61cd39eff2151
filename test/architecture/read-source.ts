import { posix } from "node:path";
import ts from "typescript";

export type Source = {
  /** From the project's top, with slashes: `src/http/start-http.ts`. */
  path: string;
  /** The folder under `src/`, or the name of a file that lies in `src/` itself: `http`, `main`. */
  room: string;
  lineCount: number;
  imports: Import[];
  /** Every node, outer ones first. */
  nodes: ts.Node[];
};

/** `room` of what lies in `src/`, `package` of what does not; `what` as it was written. */
export type Import = { what: string; room: string | null; package: string | null };

/** A file as the compiler reads it: comments and texts cannot be taken for code, and no way to import is overlooked. */
export function readSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes = collectNodes(file);
  const imports = nodes.flatMap((node) => {
    const what = findImported(node);
    return what === null ? [] : [resolveImport(path, what)];
  });
  return { path, room: roomOf(path) ?? "", lineCount: text.trimEnd().split("\n").length, imports, nodes };
}

function collectNodes(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(...collectNodes(child));
  });
  return [node, ...children];
}

/** The specifier of `import ...`, `export ... from`, `import()`, `require()` and `import("...").Type`. */
function findImported(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null;
  if (!ts.isCallExpression(node)) return null;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "require";
  return isImport ? textOf(node.arguments[0]) : null;
}

function textOf(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

function resolveImport(importer: string, what: string): Import {
  if (what.startsWith(".")) {
    const target = posix.join(posix.dirname(importer), what);
    return { what, room: roomOf(target) ?? `outside of src (${target})`, package: null };
  }
  const parts = what.split("/");
  return { what, room: null, package: parts.slice(0, what.startsWith("@") ? 2 : 1).join("/") };
}

function roomOf(path: string): string | null {
  const [top, room] = path.split("/");
  return top === "src" && room !== undefined ? room.replace(/\.ts$/, "") : null;
}
