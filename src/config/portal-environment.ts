import { EnvironmentProblems } from "./environment-problems.ts";
import { describeVariables } from "./environment-variables.ts";

export type PortalEnvironment = { accessToken: string; baseUrl: string };

/**
 * How the portal is reached, for what needs nothing else of the environment; null where no token is set. Throws
 * `EnvironmentProblems`.
 */
export function portalEnvironmentOf(env: Readonly<Record<string, string | undefined>>): PortalEnvironment | null {
  const token = env.HUBSPOT_ACCESS_TOKEN?.trim();
  if (!token) return null;
  const baseUrl = env.HUBSPOT_BASE_URL?.trim();
  const { data, error } = describeVariables(() => true)
    .pick({ HUBSPOT_ACCESS_TOKEN: true, HUBSPOT_BASE_URL: true })
    .safeParse({ HUBSPOT_ACCESS_TOKEN: token, ...(baseUrl ? { HUBSPOT_BASE_URL: baseUrl } : {}) });
  if (error !== undefined) {
    const problems = error.issues.map(({ path: [name], message }) => {
      const variable = String(name);
      const found = variable === "HUBSPOT_BASE_URL" ? JSON.stringify(baseUrl) : `a value of ${token.length} characters`;
      return { variable, found, allowed: message };
    });
    throw new EnvironmentProblems(problems);
  }
  return { accessToken: data.HUBSPOT_ACCESS_TOKEN, baseUrl: data.HUBSPOT_BASE_URL };
}
