// Takes one capability after another away, in a copy of the tree, and tells whether the test of its name fails then.
// node scripts/break-capabilities.mjs
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { breaks } from "./capability-breaks.mjs";

const COPIED = ["src", "test", "config", "scripts", "package.json", "tsconfig.json", "jest.config.js"];
const JEST = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", "node_modules/jest/bin/jest.js"];
/** It reads the documentation, which no edit of the source changes. */
const LEFT_OUT = "documented\\.test";
/** The one suite that asks a database; the others run without one being started. */
const WITH_DATABASE = "portfolio\\.test";
const WITHOUT_DATABASE = `import config from "./jest.config.js";
export default { ...config, globalSetup: undefined, globalTeardown: undefined };
`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const copy = mkdtempSync(join(tmpdir(), "broken-capabilities-"));
try {
  for (const name of COPIED) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeFileSync(join(copy, "without-database.config.js"), WITHOUT_DATABASE);
  const unbroken = failuresIn(true);
  if (unbroken.length > 0) {
    console.error(`fails without any edit: ${unbroken.join("; ")}`);
    process.exitCode = 1;
  } else {
    const results = breaks.map((edit) => ({ capability: edit.capability, file: edit.file, ...broken(edit) }));
    console.table(results);
    process.exitCode = results.every(({ result }) => result === "fails") ? 0 : 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** What comes of an edit: the test of the capability's name `fails`, or in words what is wrong; and how many others fail. */
function broken({ capability, file, from, to }) {
  const path = join(copy, file);
  const source = readFileSync(path, "utf8");
  const parts = source.split(from);
  if (parts.length !== 2) return { result: `EDITED TEXT STANDS ${parts.length - 1} TIMES`, "others that fail": 0 };
  writeFileSync(path, parts.join(to));
  const failures = failuresIn(file.startsWith("src/store/"));
  writeFileSync(path, source);
  const others = new Set(failures.filter((title) => title !== capability));
  return { result: failures.includes(capability) ? "fails" : "STAYS GREEN", "others that fail": others.size };
}

/** The titles of the tests of test/capabilities that fail; of a suite that cannot be loaded, its message. */
function failuresIn(withDatabase) {
  const report = join(copy, "report.json");
  rmSync(report, { force: true });
  const ignored = withDatabase ? [LEFT_OUT] : [LEFT_OUT, WITH_DATABASE];
  const patterns = ignored.flatMap((pattern) => ["--testPathIgnorePatterns", pattern]);
  const config = withDatabase ? "jest.config.js" : "without-database.config.js";
  const { stderr } = spawnSync(
    process.execPath,
    [...JEST, "test/capabilities", "--config", config, ...patterns, "--json", "--outputFile", report],
    { cwd: copy, encoding: "utf8" },
  );
  const { testResults } = JSON.parse(readReport(report, stderr));
  return testResults.flatMap(({ status, message, assertionResults }) =>
    status === "failed" && assertionResults.length === 0
      ? [message]
      : assertionResults.filter((assertion) => assertion.status === "failed").map(({ title }) => title),
  );
}

function readReport(path, stderr) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Error(`jest gave no report: ${stderr}`);
  }
}
