import type { Source } from "../facts.ts";
import type { Ruleset } from "./ruleset.ts";

/** The record types that any signal is read from, also where it names none of their properties (`count: deals`). */
export function readSources({ signals }: Ruleset): Set<Source> {
  return new Set(signals.flatMap((signal) => sourcesOf(signal)));
}

/** The record types of which a signal counts those too that belong to another company (`links: all`). */
export function linkedSources({ signals }: Ruleset): Set<Source> {
  return new Set(signals.flatMap((signal) => ("links" in signal && signal.links === "all" ? sourcesOf(signal) : [])));
}

function sourcesOf(signal: Ruleset["signals"][number]): Source[] {
  switch (signal.kind) {
    case "value":
    case "options":
    case "change":
    case "trend":
    case "ratio":
    case "product":
      return [];
    default:
      return signal.of === "company" ? [] : [signal.of];
  }
}
