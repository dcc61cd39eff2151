import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { AppScopes } from "../pipeline/needed-scopes.ts";
import { childTypes } from "../pipeline/store-port.ts";

const Scope = z.object({ name: z.string(), reason: z.string(), type: z.enum([...childTypes, "task"]).optional() });
const App = z.object({
  name: z.string(),
  description: z.string(),
  support: z.record(z.string(), z.string()),
  webhookPath: z.string().startsWith("/"),
  scopes: z.object({ required: z.array(Scope), optional: z.array(Scope) }),
});

/** The app as HubSpot is to know it. */
export type AppFile = z.infer<typeof App> & { scopes: AppScopes };

/** Reads `hubspot-app.json`, which lies beside `package.json`. */
export async function readAppFile(): Promise<AppFile> {
  const text = await readFile(new URL("../../hubspot-app.json", import.meta.url), "utf8");
  return App.parse(JSON.parse(text));
}
