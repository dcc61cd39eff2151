import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import { instantOfText } from "../../scoring/time/calendar.ts";
import { writtenPropertiesOf } from "../../scoring/ruleset/written-properties.ts";
import type { PortalRecord } from "../hubspot-port.ts";
import type { PipelineContext } from "../pipeline-context.ts";

/** The company properties that the rules write. */
export function writtenProperties({ ruleset }: CompiledRuleset): string[] {
  return writtenPropertiesOf(ruleset);
}

/**
 * Compares what HubSpot has of the properties that we write with what it took from us: people can edit them. Where they
 * differ, that they were written is forgotten, so that they are written again.
 */
export async function checkWritten(
  { store, rules, log, now }: Pick<PipelineContext, "store" | "rules" | "log" | "now">,
  companies: readonly Pick<PortalRecord, "id" | "properties">[],
): Promise<void> {
  const names = writtenProperties(rules);
  const written = await store.mirror.readWritten(companies.map(({ id }) => id));
  const edited = companies.flatMap(({ id, properties }) => {
    const ours = written.get(id) ?? {};
    const differing = names.filter((name) => name in ours && !isSame(ours[name] ?? "", properties[name] ?? ""));
    return differing.length > 0 ? [{ companyId: id, properties: differing }] : [];
  });
  if (edited.length === 0) return;
  log.warn({ companies: edited.length }, "values of ours were changed in HubSpot; they are written again");
  await store.mirror.forgetWritten(edited, now());
}

/** HubSpot shows numbers and instants in its own form, and text without white space at its ends. */
function isSame(ours: string, theirs: string): boolean {
  const [mine, yours] = [ours, theirs].map((text) => text.replaceAll("\r\n", "\n").trim());
  if (mine === yours) return true;
  if (mine === "" || yours === "") return false;
  if (Number(ours) === Number(theirs)) return true;
  const [a, b] = [instantOfText(ours), instantOfText(theirs)];
  return a !== null && a === b;
}
