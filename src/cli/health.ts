import { Command, CommanderError, Option } from "commander";
import { reasonNotToStart } from "../config/reason-not-to-start.ts";
import { parseDate } from "./parse-date.ts";
import { parseShare } from "./parse-share.ts";
import { parseUrl } from "./parse-url.ts";
import { parseWholeNumber } from "./parse-whole-number.ts";
import { Interrupted } from "./end-on-signal.ts";
import { runDemo } from "./demo/run-demo.ts";
import { runDoctor } from "./doctor/run-doctor.ts";
import { runProject } from "./project/run-project.ts";
import { runAudit } from "./run-audit.ts";
import { runCheck } from "./run-check.ts";
import { runExplain } from "./run-explain.ts";
import { runPreview, type PreviewArguments } from "./run-preview.ts";
import { runSandbox } from "./run-sandbox.ts";
import { runScoreCsv, type ScoreCsvArguments } from "./run-score-csv.ts";
import { runSetup } from "./run-setup.ts";
import { runSweepCommand } from "./run-sweep-command.ts";
import { runSync } from "./run-sync.ts";

/** 0: done. 1: it went wrong, and stderr says what. 2: the command was not understood. 130: ended by a signal. */
const FAILED = 1;
const MISUSED = 2;
const INTERRUPTED = 130;

const program = new Command("health")
  .description("Customer health for HubSpot")
  .exitOverride()
  .showHelpAfterError("(add --help for what is allowed)");

program
  .command("check")
  .description("check the rule file; asks the portal too where HUBSPOT_ACCESS_TOKEN is set; needs no database")
  .option("--rules <file>", "the rule file; RULES_FILE of the environment where this is not given")
  .option("--offline", "do not ask the portal")
  .action(runCheck);
program.command("setup").description("make the company properties in HubSpot that are missing").action(runSetup);
program
  .command("doctor")
  .description("look at everything that is needed, from the token to the webhook, and say what to do")
  .option("--json", "print everything as JSON")
  .action((options: { json?: true }) => runDoctor(options));
program
  .command("project <folder>")
  .description("write the app as a HubSpot developer project, with the scopes and the webhooks that the rules need")
  .option("--force", "write over files that differ")
  .action((folder: string, options: { force?: true }) => runProject(folder, options));
program.command("sync").description("bring the mirror of HubSpot's records up to date").action(runSync);
program
  .command("sweep")
  .description("sync, rescore every customer, write what changed")
  .option(
    "--tasks-for-current",
    "then also make the tasks of the bands that customers are in already, for those without an open one",
  )
  .action(({ tasksForCurrent }: { tasksForCurrent?: true }) => runSweepCommand(tasksForCurrent === true));
program
  .command("explain <company-id>")
  .description("show how a customer's score came about, to the last point, and what would bring it to a better band")
  .option("--at <date>", "also say why it is another than it was at the end of that day, such as 2026-09-01", parseDate)
  .action((companyId: string, options: { at?: string }) => runExplain(companyId, options));
program
  .command("preview <file>")
  .description("show what a new rule file would do to the customers of the mirror; calls HubSpot for nothing")
  .addOption(new Option("--json", "print everything as JSON").conflicts("markdown"))
  .option("--markdown", "print Markdown, fit for a comment on a pull request")
  .option("--fetch", "first read from HubSpot what the new file names and the mirror lacks")
  .action((file: string, options: PreviewArguments) => runPreview(file, options));
program
  .command("audit")
  .description("show what the customers of the mirror tell of the rules: what is never known, what never matters")
  .option("--json", "print everything as JSON")
  .action((options: { json?: true }) => runAudit(options));
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
  .action((options: ScoreCsvArguments) => runScoreCsv(options));
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
  .action(runSandbox);
program
  .command("demo")
  .description("run the sandbox portal and the service side by side")
  .option("--once", "tell the story unattended and exit")
  .option("--data-dir <folder>", "where the demo keeps its portal and its database", "./data/demo")
  .action(runDemo);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : MISUSED;
  else if (error instanceof Interrupted) process.exitCode = INTERRUPTED;
  else {
    console.error(reasonNotToStart(error));
    process.exitCode = FAILED;
  }
}
