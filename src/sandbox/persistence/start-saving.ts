/** Saves some time after a change, never twice at once. */
export type Saving = {
  /** Something changed. */
  touch: () => void;
  /** Saves now, after any save that is under way, instead of waiting. Rejects when the saving fails. */
  saveNow: () => Promise<void>;
};

const QUIET_MS = 1_000;

/** `save` writes the whole state. A save that fails in the background is made good by the next one. */
export function startSaving(save: () => Promise<void>): Saving {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const saveNow = () => {
    clearTimeout(timer);
    timer = undefined;
    const next = running.then(save);
    running = next.catch(() => undefined);
    return next;
  };
  return {
    touch: () => {
      timer ??= setTimeout(() => {
        saveNow().catch(() => undefined);
      }, QUIET_MS);
    },
    saveNow,
  };
}
