import type { Pool } from "pg";
import type { Settings, SettingStore } from "../pipeline/setting-store-port.ts";

export function createSettingStore(pool: Pool): SettingStore {
  return {
    async read<Name extends keyof Settings>(name: Name) {
      const { rows } = await pool.query<{ value: Settings[Name] }>(`SELECT value FROM settings WHERE name = $1`, [
        name,
      ]);
      return rows[0]?.value ?? null;
    },
    async write(name, value) {
      await pool.query(
        `INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        [name, JSON.stringify(value)],
      );
    },
  };
}
