import type { Scene } from "./open-scene.ts";

/** How many pieces of work were given up because HubSpot refused them again and again. */
export async function countDead({ database }: Pick<Scene, "database">): Promise<number> {
  const { rows } = await database.pool.query<{ dead: number }>(`SELECT count(*)::int AS dead FROM dead_letters`);
  return rows[0]?.dead ?? Number.NaN;
}
