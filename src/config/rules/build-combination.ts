import type { Signal, SignalSource } from "../../scoring/ruleset/signal.ts";
import type { Findings } from "./findings.ts";
import { numberIn } from "./scalars.ts";
import { sayFound, sayKnown } from "./say-found.ts";
import type { SignalText } from "./signal-text.ts";

/** A signal that is worked out from other signals. */
export function buildCombination(
  kind: "ratio" | "product",
  text: SignalText,
  path: string[],
  findings: Findings,
): SignalSource | null {
  const at = [...path, kind];
  const parts = text[kind] ?? [];
  const of: (string | number)[] = parts.map((part) => numberIn(part) ?? part);
  for (const [index, part] of of.entries()) {
    if (typeof part === "string" && !findings.known.signals.includes(part)) {
      const known = findings.known.signals;
      findings.report([...at, index], `no signal is called ${sayFound(part)}${sayKnown(part, known)}`);
    }
  }
  if (kind === "product") {
    if (parts.length < 2) findings.report(at, `expected at least two signals or numbers, found ${parts.length}`);
    return { kind, of };
  }
  const [first, second, ...more] = parts;
  if (first === undefined || second === undefined || more.length > 0) {
    findings.report(at, `expected two signals, found ${parts.length}`);
    return null;
  }
  for (const [index, part] of of.entries()) {
    if (typeof part === "number") findings.report([...at, index], `expected the name of a signal, found ${part}`);
  }
  if (text.as === "difference") findings.report([...path, "as"], "expected number or percent");
  return { kind, of: [first, second], as: text.as === "percent" ? "percent" : "number" };
}

/** Signals that are worked out from each other, in a ring, cannot be. */
export function checkRings(signals: readonly Signal[], findings: Findings): void {
  const needs = new Map(signals.map((signal) => [signal.name, namesIn(signal)]));
  for (const { name, kind } of signals) {
    const ring = ringThrough(name, needs);
    if (ring) findings.report(["signals", name, kind], `is worked out from itself: ${[...ring, name].join(" -> ")}`);
  }
}

function namesIn(signal: Signal): string[] {
  if (signal.kind !== "ratio" && signal.kind !== "product") return [];
  const parts: readonly (string | number)[] = signal.of;
  return parts.filter((part) => typeof part === "string");
}

/** The way from a signal back to itself; null where there is none. */
function ringThrough(start: string, needs: ReadonlyMap<string, readonly string[]>): string[] | null {
  const cameFrom = new Map<string, string>();
  const waiting = [start];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const next of needs.get(at) ?? []) {
      if (next === start) return wayTo(at, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      waiting.push(next);
    }
  }
  return null;
}

function wayTo(name: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [name];
  for (let at = cameFrom.get(name); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
