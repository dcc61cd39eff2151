import type { ChildType, StorePort } from "../../src/pipeline/store-port.ts";
import type { Facts } from "../../src/scoring/facts.ts";
import { now } from "./mirror-stage.ts";

/** The facts that a decision about a company would start from. */
export async function factsOf(
  { decisions }: StorePort,
  companyId: string,
  given: { linked?: ChildType[]; unreadable?: ChildType[] } = {},
): Promise<Facts> {
  const seen: Facts[] = [];
  const look = ({ facts }: { facts: Facts }) => {
    seen.push(facts);
    return null;
  };
  const { linked = [], unreadable = [] } = given;
  const context = {
    rulesetHash: "h",
    unreadable: new Set(unreadable),
    linked: new Set(linked),
    priority: "sweep",
    now,
  };
  await decisions.decideEach([companyId], look, { ...context, priority: "sweep" });
  const [facts] = seen;
  if (!facts) throw new Error(`Company ${companyId} is not mirrored`);
  return facts;
}
