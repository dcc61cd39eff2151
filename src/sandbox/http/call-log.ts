/** A request as it was answered; status 0 when its connection broke first. `body` is the parsed JSON that came. */
export type LoggedRequest = { method: string; path: string; body: unknown; status: number };

/** Counts calls per kind, and remembers the latest requests for assertions. */
export type CallLog = {
  /** How often each kind of call was answered, refusals included: `{"companies batch/read": 3}`. */
  readonly calls: Readonly<Record<string, number>>;
  requests: (predicate?: (request: LoggedRequest) => boolean) => LoggedRequest[];
  add(kind: string, request: LoggedRequest): void;
  reset: () => void;
};

/** A benchmark's bodies must not fill the memory; the counts go on. */
const REMEMBERED = 5_000;

export function createCallLog(): CallLog {
  const calls: Record<string, number> = {};
  let remembered: LoggedRequest[] = [];
  return {
    calls,
    requests: (predicate = () => true) => remembered.filter(predicate),
    add: (kind, request) => {
      calls[kind] = (calls[kind] ?? 0) + 1;
      remembered.push(request);
      if (remembered.length > 2 * REMEMBERED) remembered = remembered.slice(-REMEMBERED);
    },
    reset: () => {
      for (const kind of Object.keys(calls)) Reflect.deleteProperty(calls, kind);
      remembered = [];
    },
  };
}
