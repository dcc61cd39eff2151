import { auditPortfolio } from "../pipeline/audit-portfolio.ts";
import { auditText } from "./audit/audit-text.ts";
import { openForCommand } from "./open-for-command.ts";

/** Prints what the customers of the mirror tell of the rules; asks the store alone. */
export async function runAudit({ json }: { json?: true }): Promise<void> {
  await openForCommand(
    async (pipeline) => {
      const audit = await auditPortfolio(pipeline);
      if (json) console.log(JSON.stringify(audit, null, 2));
      else for (const line of auditText(audit)) console.log(line);
    },
    { needsPortal: false },
  );
}
