import { loadDotenv } from "../../config/load-dotenv.ts";
import { listFindings } from "../../pipeline/doctor/list-findings.ts";
import { findingLines, summaryLine } from "./finding-lines.ts";
import { gather } from "./gather.ts";

/** Looks at everything that this product needs, and says what to do where it is not well; exits with 1 where a check failed. */
export async function runDoctor({ json }: { json?: true }): Promise<void> {
  const findings = listFindings(await gather(loadDotenv()));
  const ok = findings.every(({ verdict }) => verdict !== "failed");
  if (json) console.log(JSON.stringify({ ok, findings }, null, 2));
  else for (const line of [...findings.flatMap(findingLines), "", summaryLine(findings)]) console.log(line);
  if (!ok) process.exitCode = 1;
}
