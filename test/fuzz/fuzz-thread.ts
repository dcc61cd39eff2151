import { parentPort, workerData } from "node:worker_threads";
import { fuzzRules } from "./fuzz-rules.ts";
import { shippedFiles } from "./shipped-files.ts";

const { count, seed } = workerData as { count: number; seed: number };
parentPort?.postMessage(fuzzRules(shippedFiles(), count, seed));
