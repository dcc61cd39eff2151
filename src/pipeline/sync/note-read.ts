import { unreadableOf, readMirrorState, type MirrorState } from "../mirror-state.ts";
import { mirroredProperties, type MirroredType } from "../mirrored-properties.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import type { Counted } from "./sync-job.ts";

type Noting = Pick<PipelineContext, "store" | "rules" | "now">;

/** HubSpot's search lags, by less than this: what was modified before the latest that it showed may be shown later. */
const OVERLAP_MS = 5 * 60_000;

/**
 * Notes that a type was read with all that the rules name. `counted` was told before it was read as a whole, and what was
 * modified since is searched next time; undefined where only what was mirrored was read again.
 */
export async function noteRead(noting: Noting, type: MirroredType, counted: Counted | undefined): Promise<void> {
  const { store, rules } = noting;
  const named = mirroredProperties(rules, type);
  await store.mirror.keepProperties(type, named);
  // Read late: a type may have been found unreadable meanwhile.
  const state = await readMirrorState(store);
  const { [type]: before, ...others } = watermarksLeft(state, type);
  const after = counted ? laterOf(before, await watermarkOf(noting, type, counted.latest)) : before;
  const isSearched = counted !== null && after !== undefined;
  await store.settings.write("mirror", {
    ...state,
    customers: type === "company" ? [...rules.customers] : state.customers,
    unreadable: state.unreadable.filter((name) => name !== type),
    properties: { ...state.properties, [type]: named },
    watermarks: isSearched ? { ...others, [type]: after } : others,
  });
}

/** Notes that all that was modified up to `latest` was read; null where nothing was found. */
export async function noteChanges(noting: Noting, type: MirroredType, latest: string | null): Promise<void> {
  const { store } = noting;
  const watermark = await watermarkOf(noting, type, latest);
  const state = await readMirrorState(store);
  const before = state.watermarks[type];
  // Without one the type was found unreadable meanwhile, or is listed every time.
  if (before === undefined) return;
  const watermarks = { ...state.watermarks, [type]: laterOf(before, watermark) };
  await store.settings.write("mirror", { ...state, watermarks });
}

/**
 * From when on to search next time: the latest modification that HubSpot has shown, by its clock, less an overlap. Once
 * that latest one is known for so long, all before it was shown too, and the search goes on right behind it: else what
 * was written last would be found every night until something else is modified. Our clock tells only how long that is.
 */
async function watermarkOf({ store, now }: Noting, type: MirroredType, latest: string | null): Promise<string> {
  const all = (await store.settings.read("latest_modified")) ?? {};
  const known = all[type];
  if (latest !== null && (!known || known.at < latest)) {
    const next = { at: latest, seenAt: now().toISOString() };
    await store.settings.write("latest_modified", { ...all, [type]: next });
    return lessOverlap(latest);
  }
  if (!known) return new Date(0).toISOString();
  const isSettled = now().getTime() - Date.parse(known.seenAt) > OVERLAP_MS;
  return isSettled ? new Date(Date.parse(known.at) + 1).toISOString() : lessOverlap(known.at);
}

function lessOverlap(latest: string): string {
  return new Date(Date.parse(latest) - OVERLAP_MS).toISOString();
}

function laterOf(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}

/** While contacts could not be read, the others were read without their links to them: they are read as a whole again. */
function watermarksLeft(state: MirrorState, type: MirroredType): Record<string, string> {
  if (type !== "contact" || !unreadableOf(state).has("contact")) return { ...state.watermarks };
  const { company, contact } = state.watermarks;
  return { ...(company ? { company } : {}), ...(contact ? { contact } : {}) };
}
