import { expect, it } from "@jest/globals";
import fc from "fast-check";

import { createRollingWindow } from "../../src/sandbox/http/rolling-window.ts";

it("counts what lies within the span, and remembers the most there was", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3_000 }), (steps) => {
      let now = 0;
      const window = createRollingWindow(100, () => now);
      const times: number[] = [];
      let greatest = 0;
      for (const step of steps) {
        now += step;
        const within = () => times.filter((time) => time > now - 100).length;
        expect(window.count()).toBe(within());
        times.push(now);
        window.add();
        greatest = Math.max(greatest, within());
        times.splice(0, times.length - 2_000);
      }
      expect(window.greatest).toBe(greatest);
    }),
    { numRuns: 20, seed: 1 },
  );
});

it("keeps its count while it forgets thousands", () => {
  let now = 0;
  const window = createRollingWindow(1_000, () => now);
  for (now = 0; now < 50_000; now += 1) window.add();
  now -= 1;
  expect(window.count()).toBe(1_000);
  now += 999;
  expect(window.count()).toBe(1);
  window.forgetGreatest();
  expect(window.greatest).toBe(1);
});
