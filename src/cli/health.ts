import { Command, CommanderError, Option } from "commander";
import { reasonNotToStart } from "../config/reason-not-to-start.ts";
import { parseDate } from "./parse-date.ts";
import { parseShare } from "./parse-share.ts";
import { parseUrl } from "./parse-url.ts";
import { parseWholeNumber } from "./parse-whole-number.ts";
import type { DemoArguments } from "./demo/run-demo.ts";
import { Interrupted } from "./end-on-signal.ts";
import type { CheckOptions } from "./run-check.ts";
import type { SandboxArguments } from "./run-sandbox.ts";
import type { PreviewArguments } from "./run-preview.ts";
import type { ScoreCsvArguments } from "./run-score-csv.ts";

/** 0: done. 1: it went wrong, and stderr says what. 2: the command was not understood. 130: ended by a signal. */
const FAILED = 1;
const MISUSED = 2;
const INTERRUPTED = 130;

// A command loads only what it needs: HubSpot's client and the database driver take most of a second.
const program = new Command("health")
  .description("Customer health for HubSpot")
  .exitOverride()
  .showHelpAfterError("(add --help for what is allowed)");

program
  .command("check")
  .description("check the rule file; asks the portal too where HUBSPOT_ACCESS_TOKEN is set; needs no database")
  .option("--rules <file>", "the rule file; RULES_FILE of the environment where this is not given")
  .option("--offline", "do not ask the portal")
  .action(async (options: CheckOptions) => (await import("./run-check.ts")).runCheck(options));
program
  .command("setup")
  .description("make the company properties in HubSpot that are missing")
  .action(async () => (await import("./run-setup.ts")).runSetup());
program
  .command("doctor")
  .description("look at everything that is needed, from the token to the webhook, and say what to do")
  .option("--json", "print everything as JSON")
  .action(async (options: { json?: true }) => (await import("./doctor/run-doctor.ts")).runDoctor(options));
program
  .command("project <folder>")
  .description("write the app as a HubSpot developer project, with the scopes and the webhooks that the rules need")
  .option("--force", "write over files that differ")
  .action(async (folder: string, options: { force?: true }) =>
    (await import("./project/run-project.ts")).runProject(folder, options),
  );
program
  .command("sync")
  .description("bring the mirror of HubSpot's records up to date")
  .action(async () => (await import("./run-sync.ts")).runSync());
program
  .command("sweep")
  .description("sync, rescore every customer, write what changed")
  .option(
    "--tasks-for-current",
    "then also make the tasks of the bands that customers are in already, for those without an open one",
  )
  .action(async ({ tasksForCurrent }: { tasksForCurrent?: true }) =>
    (await import("./run-sweep-command.ts")).runSweepCommand(tasksForCurrent === true),
  );
program
  .command("explain <company-id>")
  .description("show how a customer's score came about, to the last point, and what would bring it to a better band")
  .option("--at <date>", "also say why it is another than it was at the end of that day, such as 2026-09-01", parseDate)
  .action(async (companyId: string, options: { at?: string }) =>
    (await import("./run-explain.ts")).runExplain(companyId, options),
  );
program
  .command("preview <file>")
  .description("show what a new rule file would do to the customers of the mirror; calls HubSpot for nothing")
  .addOption(new Option("--json", "print everything as JSON").conflicts("markdown"))
  .option("--markdown", "print Markdown, fit for a comment on a pull request")
  .option("--fetch", "first read from HubSpot what the new file names and the mirror lacks")
  .action(async (file: string, options: PreviewArguments) =>
    (await import("./run-preview.ts")).runPreview(file, options),
  );
program
  .command("audit")
  .description("show what the customers of the mirror tell of the rules: what is never known, what never matters")
  .option("--json", "print everything as JSON")
  .action(async (options: { json?: true }) => (await import("./run-audit.ts")).runAudit(options));
program
  .command("score")
  .description("score the rows of a CSV file; needs no HubSpot, no database and no environment")
  .requiredOption(
    "--csv <file>",
    "the customers: a line of column names, then a line each; its first column is the key",
  )
  .requiredOption("--rules <file>", "the rule file; its company properties are the columns")
  .option("--out <file>", "write the scores there, and not to stdout")
  .option("--report", "also say how many customers are in each band")
  .option("--today <date>", "score as on that day, such as 2026-10-01", parseDate)
  .action(async (options: ScoreCsvArguments) => (await import("./run-score-csv.ts")).runScoreCsv(options));
program
  .command("sandbox")
  .description("run a HubSpot portal in a box, filled with made-up customers")
  .option("--port <port>", "the port to listen on", parseWholeNumber(65_535), 4100)
  .option("--companies <count>", "how many companies to make up", parseWholeNumber(1_000_000), 300)
  .option("--seed <number>", "the same seed gives the same portal", parseWholeNumber(2 ** 32 - 1), 1)
  .option("--file <file>", "keep the portal in this file between runs")
  .option("--webhooks <url>", "send signed webhooks about everything to this URL", parseUrl)
  .option("--faults <rate>", "let this share of the calls go wrong, such as 0.1", parseShare)
  .option("--limit <calls>", "allow so many calls in ten seconds, and not 190", parseWholeNumber(1_000_000))
  .action(async (options: SandboxArguments) => (await import("./run-sandbox.ts")).runSandbox(options));
program
  .command("demo")
  .description("run the sandbox portal and the service side by side")
  .option("--once", "tell the story unattended and exit")
  .option("--data-dir <folder>", "where the demo keeps its portal and its database", "./data/demo")
  .action(async (options: DemoArguments) => (await import("./demo/run-demo.ts")).runDemo(options));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSED;
  // A call to HubSpot may be under way, which would keep the process until its time-out.
  else if (error instanceof Interrupted) process.exit(INTERRUPTED);
  else {
    console.error(reasonNotToStart(error));
    process.exitCode = FAILED;
  }
}
