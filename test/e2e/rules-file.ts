import { fileURLToPath } from "node:url";

/** The rule file that is delivered. */
export const RULES_FILE = fileURLToPath(new URL("../../config/health.yaml", import.meta.url));
