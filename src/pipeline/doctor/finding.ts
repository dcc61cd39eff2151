/** `well`: nothing to do. `poor`: it works, but not as it should. `bad`: it does not. `skipped`: it could not be looked at. */
export type Verdict = "well" | "poor" | "bad" | "skipped";

/** What a check found. `remedy` is what a person should do about it; `details` are lines of their own. */
export type Finding = { check: string; verdict: Verdict; words: string; details?: string[]; remedy?: string };

type Rest = Pick<Finding, "details" | "remedy">;

export const well = (check: string, words: string, rest: Rest = {}) => find("well", check, words, rest);
export const poor = (check: string, words: string, rest: Rest) => find("poor", check, words, rest);
export const bad = (check: string, words: string, rest: Rest) => find("bad", check, words, rest);
export const skipped = (check: string, words: string) => find("skipped", check, words, {});

function find(verdict: Verdict, check: string, words: string, rest: Rest): Finding {
  return { check, verdict, words, ...rest };
}
