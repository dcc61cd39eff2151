import type { PipelineContext } from "../pipeline-context.ts";
import type { ChildType } from "../store-port.ts";
import { callsForLinks, callsToFollow, callsToList, callsToReread, choosePlan } from "./choose-plan.ts";
import type { CountType, TypeCount } from "./count-types.ts";
import type { SyncStep } from "./sync-job.ts";

/**
 * What a type asks for. `fill`: it is not mirrored, or what was modified since it was is not known; `widen`: the rules
 * name more properties; `check`: it is compared as a whole; `relist`: HubSpot will not search it; `changes`: only what
 * was modified is read.
 */
export type Need = "fill" | "widen" | "check" | "relist" | "changes";
export type Wanted = {
  needs: ReadonlyMap<ChildType, Need>;
  /** All customers, and those of them whose records are not here. */
  customers: number;
  newCustomers: number;
  isCheck: boolean;
};

type Kind = "list" | "follow" | "reread" | "changes";

/** The steps for the records of customers: contacts come before what may belong to a company only through them. */
export async function planChildren(context: PipelineContext, count: CountType, wanted: Wanted): Promise<SyncStep[]> {
  const { isCheck } = wanted;
  const planned = new Map<ChildType, Kind>();
  const counts = new Map<ChildType, TypeCount>();
  for (const [type, need] of wanted.needs) {
    if (need === "changes" && wanted.newCustomers === 0) {
      planned.set(type, "changes");
      continue;
    }
    const counted = await count(type);
    if (!counted) continue;
    counts.set(type, counted);
    planned.set(type, counted.total === null ? "list" : await chooseKind(context, count, wanted, type, counted.total));
  }

  const of = (...kinds: Kind[]) => [...planned].filter(([, kind]) => kinds.includes(kind)).map(([type]) => type);
  const lists = of("list").map((type): SyncStep => {
    const { total = null, counted = null } = counts.get(type) ?? {};
    return { do: "list", type, total, counted, isCheck };
  });
  const followed = of("follow");
  const counted = Object.fromEntries(followed.map((type) => [type, counts.get(type)?.counted ?? null]));
  const follows: SyncStep[] = followed.length > 0 ? [{ do: "follow", types: followed, of: "all", counted }] : [];
  const changes = of("changes", "reread").map((type): SyncStep => ({ do: "changes", type }));
  const rereads: SyncStep[] = [];
  for (const type of of("reread")) {
    rereads.push({ do: "reread", type, total: await context.store.mirror.countRecords(type), isCheck });
  }
  const links: SyncStep[] = isCheck && rereads.length > 0 ? [{ do: "links", types: of("reread"), day: null }] : [];
  const wholes = followed.includes("contact") ? [...follows, ...lists] : [...lists, ...follows];
  // Those that became customers just now, and what an earlier sync has left.
  const rest: SyncStep = { do: "follow", types: of("changes", "reread"), of: "incomplete", counted: {} };
  // What belongs to a new customer by its contact alone is known as its own only once that contact is mirrored.
  const parts = [...changes, ...rereads, ...links, rest];
  return rest.types.includes("contact") ? [...parts, ...wholes] : [...wholes, ...parts];
}

async function chooseKind(
  { store }: PipelineContext,
  count: CountType,
  { needs, customers, newCustomers }: Wanted,
  type: ChildType,
  total: number,
): Promise<Kind> {
  const isContact = type === "contact";
  const following = {
    allCompanies: (await count("company"))?.total ?? customers,
    allContacts: (await count("contact"))?.total ?? 0,
    total,
    isContact,
  };
  const orList = (kind: Kind, calls: number) => choosePlan<Kind>(["list", callsToList(total)], [kind, calls]);
  const mirrored = await store.mirror.countRecords(type);
  switch (needs.get(type)) {
    case "fill":
      return orList("follow", callsToFollow({ ...following, companies: customers }));
    case "widen":
      return orList("reread", callsToReread(mirrored, true));
    case "check": {
      const contacts = isContact ? 0 : await store.mirror.countRecords("contact");
      return orList("reread", callsToReread(mirrored, true) + callsForLinks({ companies: customers, contacts }));
    }
    case "relist":
      return "list";
    default:
      // One call for what was modified, and the records of the new customers.
      return orList("changes", 1 + callsToFollow({ ...following, companies: newCustomers }));
  }
}
