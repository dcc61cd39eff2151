import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type typescript from "typescript";
import { z } from "zod";

/** The parts of `@hubspot/api-client` in which the APIs lie that we call, as folders of its `lib/codegen/crm`. */
export type SdkPart =
  "objects" | "companies" | "contacts" | "tickets" | "associations/v4" | "properties" | "pipelines" | "owners";

/** A key of a model as it is called on the wire, where the SDK has another name for some (`_from` for `from`). */
export type Field = { name: string; isOptional: boolean; type: typescript.TypeNode };
export type Model = { fields: Field[]; enumerations: Map<string, string[]> };

/** A method of the SDK: its arguments without the configuration, and the names of the types that it may answer. */
export type Operation = {
  part: SdkPart;
  method: string;
  /** As `/crm/v3/objects/{objectType}`. */
  path: string;
  parameters: Field[];
  answers: string[];
};

// Jest gives every test file its own modules. The compiler is large: taken past Jest, it is loaded once per worker.
const { createRequire } = process.getBuiltinModule("node:module");
const require = createRequire(import.meta.url);
const ts = require("typescript") as typeof typescript;

const FOLDER = new URL("../../../node_modules/@hubspot/api-client/lib/codegen/crm/", import.meta.url);
const Attributes = z.array(z.object({ name: z.string(), baseName: z.string() }));

/** What the SDK declares of a model, with the names of the wire. Throws for a model that the part does not have. */
export function readModel(part: SdkPart, name: string): Model {
  const file = parse(readFileSync(new URL(`${part}/models/${name}.d.ts`, FOLDER), "utf8"));
  const declared = file.statements.find(ts.isClassDeclaration);
  if (!declared) throw new TypeError(`${part} declares no class ${name}`);

  // By the class itself: only it knows which names differ.
  const module = require(fileURLToPath(new URL(`${part}/models/${name}.js`, FOLDER))) as Record<string, unknown>;
  const { attributeTypeMap } = z.object({ attributeTypeMap: Attributes }).parse({ ...Object(module[name]) });
  const wireNames = new Map(attributeTypeMap.map((attribute) => [attribute.name, attribute.baseName]));
  const fields = fieldsOf(declared).map((field) => ({ ...field, name: wireNames.get(field.name) ?? field.name }));
  return { fields, enumerations: new Map(file.statements.filter(ts.isEnumDeclaration).map(readEnumeration)) };
}

/** The fields of a piece of declaration as `'label'?: string | null; 'url': string`. */
export function parseFields(text: string): Field[] {
  const [declared] = parse(`declare class Piece { ${text} }`).statements;
  return declared && ts.isClassDeclaration(declared) ? fieldsOf(declared) : [];
}

/** Every method of one API class of a part (`BatchApi`). */
export function readOperations(part: SdkPart, api: string): Operation[] {
  const declarations = parse(readFileSync(new URL(`${part}/apis/${api}.d.ts`, FOLDER), "utf8"));
  const calls = readCalls(part, api);
  const answers = new Map(
    methodsOf(declarations, `${api}ResponseProcessor`).map((method) => [nameOf(method), answersOf(method)]),
  );
  return methodsOf(declarations, `${api}RequestFactory`).map((method) => {
    const name = nameOf(method);
    const call = calls.get(name);
    if (!call) throw new TypeError(`${part}/${api}.${name} shows no path and verb`);
    return {
      part,
      ...call,
      parameters: method.parameters.map(toField).filter((parameter) => parameter.name !== "_options"),
      answers: answers.get(`${name}WithHttpInfo`) ?? [],
    };
  });
}

/** The verb and the path of each method, of which the declarations do not tell. */
function readCalls(part: SdkPart, api: string): Map<string, Pick<Operation, "method" | "path">> {
  const code = readFileSync(new URL(`${part}/apis/${api}.js`, FOLDER), "utf8");
  const [requests = ""] = code.split(`class ${api}ResponseProcessor`);
  const call = /^ {4}(\w+)\([^)]*\) \{$[^]*?localVarPath = '([^']+)'[^]*?HttpMethod\.([A-Z]+)/gm;
  return new Map(
    [...requests.matchAll(call)].map(([, name = "", path = "", method = ""]) => [
      name,
      { method, path: path.replace(/\/$/, "") },
    ]),
  );
}

function parse(text: string): typescript.SourceFile {
  return ts.createSourceFile("piece.ts", text, ts.ScriptTarget.Latest, true);
}

function fieldsOf(declared: typescript.ClassDeclaration): Field[] {
  return declared.members
    .filter(ts.isPropertyDeclaration)
    .filter((member) => !member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword))
    .map(toField);
}

function toField(node: typescript.PropertyDeclaration | typescript.ParameterDeclaration): Field {
  if (!node.type) throw new TypeError(`${node.getText()} has no type`);
  return { name: nameOf(node), isOptional: node.questionToken !== undefined, type: node.type };
}

function readEnumeration({ name, members }: typescript.EnumDeclaration): [string, string[]] {
  const values = members.map(({ initializer }) =>
    initializer && ts.isStringLiteral(initializer) ? initializer.text : "",
  );
  return [name.text, values];
}

function methodsOf(file: typescript.SourceFile, className: string): typescript.MethodDeclaration[] {
  const declared = file.statements.filter(ts.isClassDeclaration).find(({ name }) => name?.text === className);
  if (!declared) throw new TypeError(`there is no class ${className}`);
  return declared.members.filter(ts.isMethodDeclaration);
}

/** Of `Promise<HttpInfo<A | B>>` both names. */
function answersOf(method: typescript.MethodDeclaration): string[] {
  const [, names] = /HttpInfo<(.+)>>/.exec(method.type?.getText() ?? "") ?? [];
  return names?.split("|").map((name) => name.trim()) ?? [];
}

function nameOf(node: { name: typescript.Node }): string {
  return ts.isStringLiteral(node.name) ? node.name.text : node.name.getText();
}
