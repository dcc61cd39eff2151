/** `ok`: nothing to do. `warning`: it works, but not as it should. `failed`: it does not. `skipped`: it could not be looked at. */
export type Verdict = "ok" | "warning" | "failed" | "skipped";

/** What a check found. `remedy` is what a person should do about it; `details` are lines of their own. */
export type Finding = { check: string; verdict: Verdict; words: string; details?: string[]; remedy?: string };

type Rest = Pick<Finding, "details" | "remedy">;

export const ok = (check: string, words: string, rest: Rest = {}) => find("ok", check, words, rest);
export const warning = (check: string, words: string, rest: Rest) => find("warning", check, words, rest);
export const failed = (check: string, words: string, rest: Rest) => find("failed", check, words, rest);
export const skipped = (check: string, words: string) => find("skipped", check, words, {});

function find(verdict: Verdict, check: string, words: string, rest: Rest): Finding {
  return { check, verdict, words, ...rest };
}
