import { Command, CommanderError } from "commander";
import { reasonNotToStart } from "../config/reason-not-to-start.ts";
import { parseWholeNumber } from "./parse-whole-number.ts";
import { Interrupted } from "./end-on-signal.ts";
import { runDemo } from "./demo/run-demo.ts";
import { runCheck } from "./run-check.ts";
import { runExplain } from "./run-explain.ts";
import { runSandbox } from "./run-sandbox.ts";
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
  .description("check the rule file; needs no HubSpot and no database")
  .option("--rules <file>", "the rule file; RULES_FILE of the environment where this is not given")
  .action(({ rules }: { rules?: string }) => runCheck(rules));
program.command("setup").description("make the company properties in HubSpot that are missing").action(runSetup);
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
  .description("show how a customer's score came about, to the last point")
  .action(runExplain);
program
  .command("sandbox")
  .description("run a HubSpot portal in a box, filled with made-up customers")
  .option("--port <port>", "the port to listen on", parseWholeNumber(65_535), 4100)
  .option("--companies <count>", "how many companies to make up", parseWholeNumber(1_000_000), 300)
  .option("--seed <number>", "the same seed gives the same portal", parseWholeNumber(2 ** 32 - 1), 1)
  .option("--file <file>", "keep the portal in this file between runs")
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
