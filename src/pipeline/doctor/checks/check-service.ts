import { z } from "zod";
import { failed, warning, skipped, ok, type Finding } from "../finding.ts";
import type { Address } from "../gathered.ts";
import { sayFault } from "../reached.ts";

const Readiness = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});

/** What the running service says of itself on `/readyz`. */
export function checkService(service: Address | null): Finding {
  if (!service) return skipped("service", "the environment does not tell the address");
  const { url, reached } = service;
  if ("fault" in reached) {
    return failed("service", `it does not answer at ${url}: ${sayFault(reached.fault)}`, { remedy: "npm start" });
  }
  const readiness = parseReadiness(reached.text);
  if (readiness === null) {
    return warning("service", `${url} answered ${reached.status}, but not as this service does`, {
      remedy: "let the proxy pass /readyz to whoever watches the service; if webhook is well, nothing else is wrong",
    });
  }
  const details = readiness.checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
  const rest = { details, remedy: "the service's log says why" };
  if (reached.status !== 200) return failed("service", "it runs, but takes no webhooks now", rest);
  return readiness.ok
    ? ok("service", "it runs, and is ready")
    : warning("service", "it runs, but not all is well", rest);
}

function parseReadiness(text: string): z.infer<typeof Readiness> | null {
  try {
    return Readiness.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
