import { readMirrorState, unreadableOf, withoutTypes } from "../mirror-state.ts";
import { mirroredProperties, type MirroredType } from "../mirrored-properties.ts";
import { mirroredTypes } from "../record-sources.ts";
import { childTypes } from "../store-port.ts";
import type { Sync } from "./sync.ts";

/** How long the past of a property is kept: longer than rules look back. */
const HISTORY_MS = 400 * 86_400_000;

/** Forgets what the rules do not name any more: types, properties, the past of properties. */
export async function tidyMirror({ store, rules, now }: Sync): Promise<void> {
  const read = mirroredTypes(rules);
  const before = await readMirrorState(store);
  const unread = childTypes.filter((type) => !read.includes(type) && before.properties[type] !== undefined);
  if (unread.length > 0) await store.mirror.forgetTypes(unread);

  const properties = withoutTypes(before, unread).properties;
  const unreadable = unreadableOf(before);
  const types: MirroredType[] = ["company", ...read.filter((type) => !unreadable.has(type))];
  for (const type of types) {
    const named = mirroredProperties(rules, type);
    if (!properties[type]?.some((name) => !named.includes(name))) continue;
    await store.mirror.keepProperties(type, named);
    properties[type] = named;
  }

  const { history } = rules.reads;
  await store.mirror.keepHistory(history, new Date(now().getTime() - HISTORY_MS));
  const state = withoutTypes(await readMirrorState(store), unread);
  await store.settings.write("mirror", { ...state, properties, customers: [...rules.customers], histories: history });
}
