// Reads made-up rule files and tells whether any of them ends in anything but a ruleset or problems with a place.
// node scripts/fuzz-rules.mjs --count 100000 --seed 1
import { parseArgs } from "node:util";
import { fuzzRules } from "../test/fuzz/fuzz-rules.ts";
import { shippedFiles } from "../test/fuzz/shipped-files.ts";

const { values } = parseArgs({
  options: { count: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error("expected --count and --seed to be whole numbers");
  process.exit(2);
}

const started = performance.now();
const { byKind, wrong, slowest } = fuzzRules(shippedFiles(), count, seed);
console.table(byKind);
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s; seed ${seed}`);
const shown = Buffer.from(slowest.bytes).toString("utf8");
console.log(
  `slowest: ${slowest.ms.toFixed(1)} ms, ${slowest.kind}, ${slowest.bytes.length} bytes: ${JSON.stringify(shown.slice(0, 200))}`,
);
for (const { kind, why, bytes } of wrong) {
  console.log(`\nWRONG (${kind}): ${why}\nbase64: ${Buffer.from(bytes).toString("base64")}`);
  console.log(Buffer.from(bytes).toString("utf8"));
}
process.exitCode = wrong.length > 0 ? 1 : 0;
