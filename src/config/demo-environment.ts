import type { Environment } from "./environment.ts";
import { parseEnvironment } from "./environment.ts";

export type DemoService = {
  port: number;
  dataDir: string;
  portalUrl: string;
  accessToken: string;
  clientSecret: string;
  adminToken: string;
};

/**
 * The environment of a service that plays with the sandbox portal. Of the process's own environment it takes
 * DATABASE_URL, LOG_LEVEL and RULES_FILE alone, and nothing of `.env`, which may hold a real portal's keys.
 */
export function demoEnvironment(service: DemoService, isCron: (text: string) => boolean): Environment {
  const { DATABASE_URL, LOG_LEVEL, RULES_FILE } = process.env;
  return parseEnvironment(
    {
      DATABASE_URL,
      LOG_LEVEL,
      RULES_FILE,
      PORT: String(service.port),
      PUBLIC_URL: `http://127.0.0.1:${service.port}`,
      DATA_DIR: service.dataDir,
      HUBSPOT_BASE_URL: service.portalUrl,
      HUBSPOT_ACCESS_TOKEN: service.accessToken,
      HUBSPOT_CLIENT_SECRET: service.clientSecret,
      ADMIN_TOKEN: service.adminToken,
    },
    isCron,
  );
}
