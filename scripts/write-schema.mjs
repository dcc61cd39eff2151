// Writes config/health.schema.json anew from the code that reads rule files.
import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { rulesJsonSchema } from "../src/config/rules/rules-json-schema.ts";

const file = new URL("../config/health.schema.json", import.meta.url);
await writeFile(file, await format(JSON.stringify(rulesJsonSchema()), { parser: "json", printWidth: 120 }));
