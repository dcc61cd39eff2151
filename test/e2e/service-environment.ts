import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { RULES_FILE } from "./rules-file.ts";
import type { Environment } from "./start-program.ts";

/** All that `src/main.ts` and the command line need to work with a portal and a store. */
export function serviceEnvironment(
  { url, appToken, clientSecret }: Pick<Sandbox, "url" | "appToken" | "clientSecret">,
  port: number,
  store: { DATABASE_URL: string } | { DATA_DIR: string },
): Environment {
  return {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    HUBSPOT_BASE_URL: url,
    HUBSPOT_ACCESS_TOKEN: appToken,
    HUBSPOT_CLIENT_SECRET: clientSecret,
    RULES_FILE,
    ...store,
  };
}
