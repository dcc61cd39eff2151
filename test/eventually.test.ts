import { describe, expect, it } from "@jest/globals";
import { eventually } from "./eventually.ts";

describe("eventually", () => {
  it("gives the first result that does not throw", async () => {
    let tries = 0;
    const result = await eventually(() => {
      tries += 1;
      if (tries < 3) throw new Error("not yet");
      return tries;
    });
    expect(result).toBe(3);
  });

  it("throws the last error when the time is up", async () => {
    const never = eventually(() => {
      throw new Error("never");
    }, 50);
    await expect(never).rejects.toThrow("never");
  });
});
