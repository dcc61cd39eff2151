import { EnvironmentProblems } from "./environment-problems.ts";
import { describeVariables } from "./environment-variables.ts";

/** The address at which HubSpot reaches the service, for what needs nothing else. Throws `EnvironmentProblems`. */
export function publicUrlOf(env: Readonly<Record<string, string | undefined>>): string {
  const text = env.PUBLIC_URL?.trim();
  const { data, error } = describeVariables(() => true)
    .pick({ PUBLIC_URL: true })
    .safeParse(text ? { PUBLIC_URL: text } : {});
  if (data) return data.PUBLIC_URL;
  const found = text ? JSON.stringify(text) : "nothing";
  const allowed = error.issues.map(({ message }) => message).join("; ");
  throw new EnvironmentProblems([{ variable: "PUBLIC_URL", found, allowed }]);
}
