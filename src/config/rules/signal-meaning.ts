import { derivedFieldOf, PROPERTY_PREFIX } from "../../scoring/fields/derived-fields.ts";
import { builtInSignals, type Signal } from "../../scoring/ruleset/signal.ts";
import type { Findings, NamedUse } from "./findings.ts";

/** What the values of a signal or of a built-in are; null where the file does not tell, or the signal is not whole. */
export function meaningOf(name: string, findings: Findings): "number" | "truth" | null {
  if (builtInSignals.some((builtIn) => builtIn === name)) return "number";
  const signal = wholeSignal(name, findings);
  if (!signal) return null;
  if (signal.kind === "exists") return "truth";
  if (signal.kind !== "value" && signal.kind !== "latest") return "number";
  const derived =
    signal.kind === "value" ? derivedFieldOf("company", signal.property) : derivedFieldOf(signal.of, signal.field);
  if (!derived) return null;
  return derived.isTruth ? "truth" : "number";
}

/** The one property whose value a signal is; null where there is none, or the signal is not whole. */
export function propertyBehind(name: string, findings: Findings): Pick<NamedUse, "source" | "property"> | null {
  const signal = wholeSignal(name, findings);
  const [source, field] =
    signal?.kind === "value"
      ? (["company", signal.property] as const)
      : signal?.kind === "latest"
        ? ([signal.of, signal.field] as const)
        : ["company" as const, ""];
  if (field === "" || derivedFieldOf(source, field)) return null;
  const isPrefixed = source !== "company" && field.startsWith(PROPERTY_PREFIX);
  return { source, property: isPrefixed ? field.slice(PROPERTY_PREFIX.length) : field };
}

/** Undefined also where the signal is there, but could not be read: what it means is not known then. */
function wholeSignal(name: string, findings: Findings): Signal | undefined {
  const signal = findings.signals.find((known) => known.name === name);
  return signal && findings.isWhole(["signals", name]) ? signal : undefined;
}
