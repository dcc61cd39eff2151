import { MultiBar, Presets, type SingleBar } from "cli-progress";
import type { SweepProgress } from "../pipeline/sweep.ts";

/** Shows how a sync and a sweep go on: bars on a terminal, else nothing until `stop`. Both print to stderr. */
export function showProgress(): SweepProgress & { stop(): void } {
  const bars = new MultiBar(
    {
      format: "{name} {bar} {value}/{total} | {eta_formatted} left",
      hideCursor: true,
      clearOnComplete: false,
      noTTYOutput: false,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  const byName = new Map<string, SingleBar>();

  function show(name: string, done: number, total: number | null): void {
    if (!process.stderr.isTTY) return;
    // Search counts lag behind lists, so a total may turn out too small.
    const most = Math.max(total ?? done, done, 1);
    let bar = byName.get(name);
    if (!bar) {
      bar = bars.create(most, 0, { name: name.padEnd(10) });
      byName.set(name, bar);
    }
    bar.setTotal(most);
    bar.update(done);
  }

  return {
    sync: ({ type, done, total }) => show(type, done, total),
    rescore: ({ done, total }) => show("scores", done, total),
    stop() {
      if (byName.size > 0) bars.stop();
    },
  };
}
